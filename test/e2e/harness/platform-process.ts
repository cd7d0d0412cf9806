import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { Fate } from './topology.js';

const program = fileURLToPath(
  new URL('../../../dist/test/e2e/killable-platform.js', import.meta.url),
);

export type Environment = Readonly<Record<string, string>>;

/** One process of the platform, started from the build as a user would have it. */
export class PlatformProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly errors: () => string,
  ) {}

  /** `undefined`: it died before it was ready, as its fate may well want. */
  static async start(
    environment: Environment,
    { at, afterMs, aheadMs = 0 }: Fate = {},
  ): Promise<PlatformProcess | undefined> {
    const child = spawn(process.execPath, [program], {
      env: {
        PATH: process.env['PATH'] ?? '',
        INNKEEPER_LOG_LEVEL: 'warn',
        // It is started hundreds of times.
        NODE_COMPILE_CACHE: join(process.env['INNKEEPER_TEST_RUN_DIR'] ?? tmpdir(), 'compiled'),
        ...environment,
        ...(at !== undefined && { KILL_AT: at }),
        ...(aheadMs > 0 && { CLOCK_AHEAD_MS: `${aheadMs}` }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (afterMs !== undefined) {
      const kill = setTimeout(() => child.kill('SIGKILL'), afterMs);
      child.once('exit', () => clearTimeout(kill));
    }
    let errors = '';
    child.stderr.on(
      'data',
      (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-20_000)),
    );
    const lines = createInterface({ input: child.stdout });
    const ready = new Promise<string | undefined>((resolve) => {
      lines.on('line', (line) => {
        if (line.startsWith('ready ')) resolve(line.slice('ready '.length));
      });
      child.once('exit', () => resolve(undefined));
    });
    const url = await ready;
    if (url) return new PlatformProcess(child, url, () => errors);
    if (child.signalCode === 'SIGKILL') return undefined;
    throw new Error(`the platform did not start: ${errors}`);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What it wrote to stderr, the end of it. */
  get log(): string {
    return this.errors();
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (this.alive) {
      this.child.kill(signal);
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }

  async died(): Promise<void> {
    if (this.alive) await once(this.child, 'exit');
  }
}
