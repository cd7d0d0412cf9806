import { once } from 'node:events';

import { bundleProgram, removeProgram, RunningProgram } from './program.js';
import { logDrafts } from './log-drafts.js';

type Answered = readonly (readonly [id: string, position: number])[];

export interface LogWork {
  readonly writer: string;
  readonly batches: number;
  readonly size: number;
  readonly clients: number;
}

/** Starts processes that write to a log; `where` is the front of their command line. */
export class LogProcesses {
  #path: Promise<string> | undefined;

  async start(where: readonly string[], { writer, batches, size, clients }: LogWork) {
    this.#path ??= bundleProgram(new URL('./log.program.ts', import.meta.url));
    const args = [...where, writer, ...[batches, size, clients].map(String)];
    const program = new RunningProgram(await this.#path, args);
    await program.line();
    return {
      begin: () => program.tell('begin'),
      answers: () => answersOf(program),
      kill: async () => {
        program.child.kill('SIGKILL');
        if (program.child.signalCode === null) await once(program.child, 'exit');
      },
      drafts: (batch: number) => logDrafts(writer, batch, size),
    };
  }

  async dispose(): Promise<void> {
    if (this.#path) await removeProgram(await this.#path);
  }
}

async function* answersOf(program: RunningProgram): AsyncGenerator<Answered> {
  for (;;) {
    const line = await program.line().catch((error: unknown) => {
      // Killed by its test: what it had answered is all there is.
      if (program.child.signalCode === 'SIGKILL') return 'done';
      throw error;
    });
    if (line === 'done') return;
    yield JSON.parse(line) as Answered;
  }
}
