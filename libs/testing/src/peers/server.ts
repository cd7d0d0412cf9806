import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { HANG_MS } from './hang.js';
import { testRun } from './test-run.js';

/** How to start a server that will listen on 127.0.0.1:`port` and keep its files in `folder`. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Ends what outlives the command itself (a container). */
  readonly end?: readonly string[];
  /** Kills what the command stands for, where that is not the command's own process. */
  readonly kill?: readonly string[];
}

export type LaunchAt = (at: { port: number; folder: string }) => Launch;

/** A running server; plain data, so that another process of the same run can take it over. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  readonly guard: number;
  readonly folder: string;
  readonly launch: Launch;
}

export type Lifetime = 'process' | 'run';

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Resolves when the port accepts; rejects when the server ends first. */
const listening = async (server: Server, deadline: number): Promise<void> => {
  while (!(await accepts(server.port))) {
    if (!isAlive(server.guard)) throw new Error(`ended before it listened\n${logOf(server)}`);
    if (Date.now() > deadline) throw new Error(`did not listen in time\n${logOf(server)}`);
    await delay(20);
  }
};

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });

const logOf = ({ folder }: Pick<Server, 'folder'>): string =>
  readFileSync(join(folder, 'server.log'), 'utf8').slice(-3000);

const guardProgram = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './guard.ts' : './guard.js', import.meta.url),
);

const spawnGuarded = (
  launch: Launch,
  folder: string,
  lifetime: Lifetime,
): Promise<{ pid: number; guard: number }> => {
  const { owner } = testRun();
  const owners = lifetime === 'run' ? [owner] : [...new Set([owner, process.pid])];
  const guard = spawn(
    process.execPath,
    [
      guardProgram,
      owners.join(','),
      join(folder, 'server.log'),
      JSON.stringify({ ...launch, folder }),
    ],
    // A process group of its own: Ctrl-C in a terminal reaches the run, and the run ends its servers.
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  guard.unref();
  return new Promise((resolve, reject) => {
    guard.once('error', reject);
    guard.once('exit', (code) => reject(new Error(`guard ended (${code})\n${logOf({ folder })}`)));
    guard.stdout.once('data', (line: Buffer) => {
      guard.stdout.destroy();
      resolve({ pid: Number(line.toString()), guard: guard.pid ?? 0 });
    });
  });
};

export const newFolder = (name: string): string => mkdtempSync(join(testRun().folder, `${name}-`));

export interface StartOptions {
  readonly lifetime: Lifetime;
  /** Given, it is used as it is (a restart); else a free one is found, and another if that was taken meanwhile. */
  readonly port?: number;
  readonly folder?: string;
  readonly readyWithinMs?: number;
}

export const startServer = async (
  name: string,
  launchAt: LaunchAt,
  { lifetime, port, folder, readyWithinMs = HANG_MS }: StartOptions,
): Promise<Server> => {
  for (let attempt = 1; ; attempt++) {
    const at = { port: port ?? (await freePort()), folder: folder ?? newFolder(name) };
    const launch = launchAt(at);
    const server = { ...at, launch, ...(await spawnGuarded(launch, at.folder, lifetime)) };
    try {
      await listening(server, Date.now() + readyWithinMs);
      return server;
    } catch (cause) {
      await stopServer(server);
      if (port !== undefined || attempt === 3) throw new Error(`${name} did not start`, { cause });
    }
  }
};

const gone = async (pid: number, withinMs: number): Promise<boolean> => {
  const deadline = Date.now() + withinMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await delay(10);
  }
  return true;
};

/** kill -9: the server learns nothing, its files stay. */
export const killServer = async (server: Server): Promise<void> => {
  const [command, ...args] = server.launch.kill ?? [];
  if (command === undefined) signal(server.pid, 'SIGKILL');
  else await ended(spawn(command, args, { stdio: 'ignore' }));
  await gone(server.guard, HANG_MS);
};

const ended = (child: ReturnType<typeof spawn>): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });

export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which is what was wanted.
  }
};

/** Ends a server for good, by its guard, and removes its files. */
export const stopServer = async (server: Server): Promise<void> => {
  signal(server.guard, 'SIGTERM');
  if (!(await gone(server.guard, 10_000))) {
    signal(server.pid, 'SIGKILL');
    signal(server.guard, 'SIGKILL');
  }
  rmSync(server.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
};
