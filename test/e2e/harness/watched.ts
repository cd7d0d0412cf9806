import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { until } from './outside.js';
import type { Environment } from './platform-process.js';
import { Program, type Wrapping } from './program.js';
import type { Switch } from './sabotage.js';

/** A platform that a test can trouble and overhear while it runs. */
export class Watched {
  readonly #folder = mkdtempSync(join(tmpdir(), 'innkeeper-watched-'));
  #program: Program | undefined;
  /** Everything that all its processes printed so far. */
  #printed = '';

  async start(environment: Environment, wrapping?: Wrapping): Promise<Program> {
    this.#program = await Program.start(
      'watched',
      { ...environment, WATCHED_FOLDER: this.#folder },
      wrapping,
    );
    return this.#program;
  }

  readonly url = (): string => this.#program?.url ?? '';

  get printed(): string {
    const { stdout = '', stderr = '' } = this.#program?.ended ?? {};
    return this.#printed + stdout + stderr;
  }

  get heard(): string {
    const file = join(this.#folder, 'heard.jsonl');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  on(name: Switch): void {
    writeFileSync(join(this.#folder, name), '');
  }

  off(name: Switch): void {
    rmSync(join(this.#folder, name), { force: true });
  }

  /** What happens each minute by itself. */
  async tidy(): Promise<void> {
    const done = join(this.#folder, 'tidied');
    rmSync(done, { force: true });
    process.kill(this.#program?.pid ?? 0, 'SIGUSR2');
    await until('tidied', async () => existsSync(done));
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    const ended = await this.#program?.end(signal);
    this.#printed = this.printed;
    this.#program = undefined;
    return ended?.code ?? null;
  }

  async dispose(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
