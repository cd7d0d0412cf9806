import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Environment } from './platform-process.js';

const programs = {
  innkeeper: ['apps/innkeeper/src/main.js', 'start'],
  'webhook-ingest': ['apps/webhook-ingest/src/main.js'],
  catalog: ['apps/catalog/src/main.js'],
  api: ['apps/api/src/main.js'],
  'provider-sync': ['apps/provider-sync/src/main.js'],
  'llm-responder': ['apps/llm-responder/src/main.js'],
  'backup-orchestrator': ['apps/backup-orchestrator/src/main.js'],
  'change-stream-listener': ['apps/change-stream-listener/src/main.js'],
  vectorizer: ['apps/vectorizer/src/main.js'],
  /** The platform with eyes and saboteurs of a test: see `test/e2e/watched-platform.ts`. */
  watched: ['test/e2e/watched-platform.js'],
} as const;

export type ProgramName = keyof typeof programs;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command in front of Node: what watches or confines the process. It must become that process. */
export type Wrapping = (command: readonly string[]) => readonly string[];

const READY = /^Innkeeper is ready: (\S+)$/m;

/** A program as it ships, run from the build: what it prints, how it ends. */
export class Program {
  #stdout = '';
  #stderr = '';
  url = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.#stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
  }

  /** Starts it and waits for its ready line; throws with what it printed if that never comes. */
  static async start(
    name: ProgramName,
    environment: Environment,
    wrapping?: Wrapping,
  ): Promise<Program> {
    const program = Program.#spawn(name, environment, { wrapping });
    const { child } = program;
    await new Promise<void>((resolve) => {
      child.stdout?.on('data', () => {
        program.url = READY.exec(program.stdout)?.[1] ?? '';
        if (program.url) resolve();
      });
      child.once('close', () => resolve());
    });
    if (!program.url)
      throw new Error(`${name} did not start (${child.exitCode}): ${program.stderr.slice(-4000)}`);
    return program;
  }

  /** Starts it and waits for its end: for what must not start, and for commands that somebody types. */
  static async run(
    name: ProgramName,
    environment: Environment,
    words?: readonly string[],
  ): Promise<Ended> {
    const program = Program.#spawn(name, environment, { words });
    await once(program.child, 'close');
    return program.ended;
  }

  /** Starts a command that somebody types, and leaves it running. */
  static begin(name: ProgramName, environment: Environment, words: readonly string[]): Program {
    return Program.#spawn(name, environment, { words });
  }

  static #spawn(
    name: ProgramName,
    environment: Environment,
    how: {
      readonly wrapping?: Wrapping | undefined;
      readonly words?: readonly string[] | undefined;
    },
  ): Program {
    const { wrapping } = how;
    const [main, ...usual] = programs[name];
    const rest = how.words ?? usual;
    const path = fileURLToPath(new URL(`../../../dist/${main}`, import.meta.url));
    const command = [process.execPath, path, ...rest];
    const [file = '', ...args] = wrapping ? wrapping(command) : command;
    return new Program(
      spawn(file, args, {
        env: { PATH: process.env['PATH'] ?? '', INNKEEPER_LOG_LEVEL: 'warn', ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get ended(): Ended {
    return { code: this.child.exitCode, stdout: this.#stdout, stderr: this.#stderr };
  }

  /** Its end, whenever that is. */
  async over(): Promise<Ended> {
    if (this.alive) await once(this.child, 'close');
    return this.ended;
  }

  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<Ended> {
    if (this.alive) {
      this.child.kill(signal);
      await once(this.child, 'close');
    }
    return this.ended;
  }
}
