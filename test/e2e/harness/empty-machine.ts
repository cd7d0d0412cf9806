import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Program, type Ended } from './program.js';
import type { Environment } from './platform-process.js';
import { still } from './still.js';

const MAIN = fileURLToPath(new URL('../../../dist/apps/innkeeper/src/main.js', import.meta.url));

/** A machine of its own, as far as a test can have one: another home, another folder to stand in, and a shell. */
export class EmptyMachine {
  readonly folder = mkdtempSync(join(tmpdir(), 'innkeeper-machine-'));
  readonly #bin = join(this.folder, '.bin');

  constructor(
    /** Programs that are installed there: by name, where they are. */
    programs: Readonly<Record<string, string>>,
    /** What no page can know of this test. */
    private readonly settings: Environment = {},
  ) {
    mkdirSync(this.#bin);
    for (const [name, path] of Object.entries(programs)) symlinkSync(path, join(this.#bin, name));
    this.#install('npx', `shift; exec '${process.execPath}' '${MAIN}' "$@"`);
  }

  #install(name: string, text: string): void {
    writeFileSync(join(this.#bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(this.#bin, name), 0o755);
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  get environment(): Environment {
    return {
      PATH: [this.#bin, dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
      HOME: this.file('home'),
      INNKEEPER_LOG_LEVEL: 'warn',
      ...still,
      ...this.settings,
    };
  }

  /** As somebody types it into a shell in the folder of Innkeeper. */
  type(lines: string): Promise<Ended> {
    return new Promise((resolve) => {
      const child = execFile(
        'sh',
        ['-c', lines],
        { cwd: this.folder, env: this.environment, maxBuffer: 1e8 },
        (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
      );
    });
  }

  /** What a page says to start it: lines for the shell, and `npm start` at their end. */
  start(lines: string): Promise<Program> {
    const before = lines.replace(/\nnpm start$/u, '');
    if (before === lines) throw new Error(`the page starts nothing: ${lines}`);
    const script = `cd '${this.folder}' && ${before.trim()} && exec "$@"`;
    return Program.start('innkeeper', this.environment, (command) => [
      ...['sh', '-c', script, 'sh'],
      ...command,
    ]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
