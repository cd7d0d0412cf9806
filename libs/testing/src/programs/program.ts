import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * Makes a program of ours, in TypeScript, runnable by Node alone: for tests that need several
 * processes, or one that can be killed. It lies under node_modules, so that its packages are found.
 */
export const bundleProgram = async (entry: URL): Promise<string> => {
  const name = basename(fileURLToPath(entry), '.ts');
  const outfile = join(root, `node_modules/.cache/programs/${name}-${process.pid}.mjs`);
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    conditions: ['source'],
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
};

export const removeProgram = (path: string): Promise<void> => rm(path, { force: true });

/** A process that talks in lines: what it prints, and what it is told. */
export class RunningProgram {
  readonly child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  #errors = '';

  constructor(path: string, args: readonly string[]) {
    this.child = spawn(process.execPath, ['--enable-source-maps', path, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    if (!this.child.stdout) throw new Error('the program has no output');
    this.#reader = createInterface({ input: this.child.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const next = await this.#lines.next();
    if (next.done) throw new Error(`the program ended without a line\n${this.#errors}`);
    return next.value;
  }

  tell(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  /** Ends its input and waits for its end. */
  async end(): Promise<number | null> {
    this.child.stdin?.end();
    if (this.child.exitCode === null && this.child.signalCode === null)
      await once(this.child, 'exit');
    this.#reader.close();
    return this.child.exitCode;
  }
}
