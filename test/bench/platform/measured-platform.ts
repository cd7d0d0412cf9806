import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Answer, Ask, Usage } from './messages.js';

const program = fileURLToPath(new URL('./measured.program.js', import.meta.url));

export interface MeasuredOptions {
  readonly folder: string;
  readonly roles?: string;
  /** After how many records it tells its usage. */
  readonly step?: number;
  /** Whether it collects garbage before it tells. */
  readonly collects?: boolean;
  readonly canarySeconds?: number;
  /** Signs what comes from Guesty and from the generic source `bench`; without it neither is there. */
  readonly signing?: string;
  /** Settings besides. */
  readonly more?: Readonly<Record<string, string>>;
}

/** A platform in a process of its own, which tells what it uses. */
export class MeasuredPlatform {
  readonly steps: Usage[] = [];
  #onStep: (() => void) | undefined;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly token: string,
  ) {
    child.on('message', (answer: Answer) => {
      if (answer.kind !== 'step') return;
      this.steps.push(answer.usage);
      this.#onStep?.();
    });
  }

  static async start({
    folder,
    roles = '',
    step = 10_000,
    collects = false,
    canarySeconds = 0,
    signing,
    more = {},
  }: MeasuredOptions): Promise<MeasuredPlatform> {
    const child = fork(program, [], {
      // The nursery is the size `npm start` gives it.
      execArgv: [
        '--expose-gc',
        '--max-semi-space-size=8',
        ...process.execArgv.filter((arg) => arg.startsWith('--cpu-prof')),
      ],
      env: {
        PATH: process.env['PATH'] ?? '',
        INNKEEPER_DATA_DIR: folder,
        INNKEEPER_HTTP_PORT: '0',
        INNKEEPER_LOG_LEVEL: 'warn',
        INNKEEPER_CANARY_SECONDS: String(canarySeconds),
        INNKEEPER_BACKUP_SCHEDULE: 'off',
        ...(roles && { INNKEEPER_ROLES: roles }),
        ...(signing && {
          INNKEEPER_GUESTY_SECRETS: signing,
          INNKEEPER_SOURCES: JSON.stringify([
            { name: 'bench', secrets: [signing], id: '/data/id' },
          ]),
        }),
        ...more,
        BENCH_STEP: String(step),
        BENCH_COLLECTS: String(collects),
      },
    });
    const [first] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('the platform did not start');
      }),
    ])) as [Answer];
    if (first.kind !== 'ready') throw new Error('the platform is not ready');
    return new MeasuredPlatform(child, first.url, first.token);
  }

  /** Lets it consume; what it used until now. */
  open(): Promise<Usage> {
    return this.#usage('open');
  }

  usage(): Promise<Usage> {
    return this.#usage('usage');
  }

  collected(): Promise<Usage> {
    return this.#usage('collect');
  }

  /** When the record of each call was durable, of those written since the last asking. */
  async recordedAt(): Promise<ReadonlyMap<number, number>> {
    const answer = await this.#ask('times', 'times');
    const found = new Map<number, number>();
    for (let i = 0; i < answer.times.length; i += 2) {
      const [call = 0, at = 0] = answer.times.slice(i, i + 2);
      if (!found.has(call)) found.set(call, at);
    }
    return found;
  }

  /** Settles once this many steps have been told. */
  async stepped(count: number): Promise<void> {
    while (this.steps.length < count)
      await new Promise<void>((resolve, reject) => {
        this.#onStep = resolve;
        this.child.once('exit', () => reject(new Error('the platform ended')));
      });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  async #usage(ask: Ask): Promise<Usage> {
    return (await this.#ask(ask, 'usage')).usage;
  }

  async #ask<K extends Answer['kind']>(ask: Ask, kind: K): Promise<Answer & { kind: K }> {
    const answered = new Promise<Answer & { kind: K }>((resolve) => {
      const listen = (answer: Answer): void => {
        if (answer.kind !== kind) return;
        this.child.off('message', listen);
        resolve(answer as Answer & { kind: K });
      };
      this.child.on('message', listen);
    });
    this.child.send(ask);
    return answered;
  }
}
