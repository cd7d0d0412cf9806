import { spawn, type ChildProcess } from 'node:child_process';

import type { StandingPlatform } from './standing-platform.js';

/**
 * It ends when its standard input does, and that ends with the process that holds the other end, however that one dies.
 * So no drill leaves a platform behind.
 */
const ENDS_WITH_PARENT = `data:text/javascript,${encodeURIComponent(`
  const end = () => process.kill(process.pid, 'SIGKILL');
  process.stdin.on('end', end).on('close', end).on('error', end).resume();
`)}`;

const READY = /^Innkeeper is ready: (http:\/\/\S+)$/m;
/** One that only serves is ready in seconds; one that hangs must not hold a drill for hours. */
const READY_MS = 10 * 60_000;
/** So long it may finish what it does. */
const STOP_MS = 10_000;

/** What a platform has that only shows that it starts: one role, no way out, nothing that runs by itself. */
const APART = {
  INNKEEPER_ROLES: 'api',
  INNKEEPER_HTTP_HOST: '127.0.0.1',
  INNKEEPER_HTTP_PORT: '0',
  INNKEEPER_CANARY_SECONDS: '0',
  INNKEEPER_BACKUP_SCHEDULE: 'off',
  INNKEEPER_LOG_LEVEL: 'error',
};

/** Innkeeper in a process of its own, with settings that are all written here or by who stands it up. */
export class DrilledProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly exited: Promise<void>,
    readonly url: string,
    private readonly forget: () => void,
  ) {}

  /** Nothing: it ended before it was ready, or was not ready in time. */
  static async start(
    [file, ...words]: readonly [file: string, ...words: string[]],
    { environment, dataDir }: Pick<StandingPlatform, 'environment' | 'dataDir'>,
    signal: AbortSignal,
    readyMs = READY_MS,
  ): Promise<DrilledProcess | undefined> {
    signal.throwIfAborted();
    const child = spawn(process.execPath, ['--import', ENDS_WITH_PARENT, file, ...words], {
      env: { ...APART, INNKEEPER_DATA_DIR: dataDir, ...environment },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const exited = new Promise<void>((done) => {
      child.once('exit', () => done());
      child.once('error', () => done());
    });
    const kill = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', kill);
    const forget = (): void => signal.removeEventListener('abort', kill);
    const late = setTimeout(kill, readyMs);
    const url = await Promise.race([urlOf(child), exited]);
    clearTimeout(late);
    if (url !== undefined) return new DrilledProcess(child, exited, url, forget);
    await exited;
    forget();
    signal.throwIfAborted();
    return undefined;
  }

  async end(): Promise<void> {
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await this.exited;
    clearTimeout(late);
    this.forget();
  }
}

const urlOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      // It is read on after that, for a full pipe would hold the process up.
      said = `${said}${chunk.toString()}`.slice(-4096);
      const [, url] = READY.exec(said) ?? [];
      if (url) resolve(url);
    });
  });
