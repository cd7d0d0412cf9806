import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(
  new URL('../../../libs/testing/src/programs/reading-model.program.js', import.meta.url),
);

interface SaidStep {
  readonly question: string;
  readonly at: number;
}

/** A model in a process of its own, which tells when each of its steps was over. */
export class ReadingModel {
  readonly #firstSteps = new Map<string, number>();

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.on('message', ({ question, at }: SaidStep) => {
      if (!this.#firstSteps.has(question)) this.#firstSteps.set(question, at);
    });
  }

  static async start(lookingSteps: number, tokens: number): Promise<ReadingModel> {
    const child = fork(program, ['0', String(lookingSteps), String(tokens)], { stdio: 'ignore' });
    const [{ url }] = (await once(child, 'message')) as [{ readonly url: string }];
    return new ReadingModel(child, url);
  }

  /** When the first step about a question was over. */
  firstStepOf(question: string): number | undefined {
    return this.#firstSteps.get(question);
  }

  stop(): void {
    this.child.kill();
  }
}
