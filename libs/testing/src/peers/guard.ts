/**
 * A program of its own: runs one server and ends it when one of its owners dies, however it dies.
 * A test run that is killed with -9 can clean up nothing itself.
 *
 * usage: guard OWNERS(pid,pid) LOG JSON-of-launch ; writes the server's pid and closes its output
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

interface GuardedLaunch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly end?: readonly string[];
  readonly folder: string;
}

const [owners = '', log = '', launchText = '{}'] = process.argv.slice(2);
const launch = JSON.parse(launchText) as GuardedLaunch;
const pids = owners.split(',').map(Number);

const output = openSync(log, 'a');
const server = spawn(launch.command, [...launch.args], {
  stdio: ['ignore', output, output],
  env: { ...process.env, ...launch.env },
});

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Nothing here is worth an orderly end, which takes a primary of MongoDB fifteen seconds. */
const end = (): void => {
  server.kill('SIGKILL');
  // A container outlives the client that started it; it has an ending of its own.
  const [command, ...args] = launch.end ?? [];
  if (command !== undefined) spawnSync(command, args, { stdio: 'ignore' });
};

let orphaned = false;
const watch = setInterval(() => {
  if (orphaned || pids.every(alive)) return;
  orphaned = true;
  end();
}, 250);

/** With the run's own process dead nobody else removes the run's folder. */
const removeFiles = (): void => {
  const folder = alive(pids[0] ?? 0) ? launch.folder : dirname(launch.folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
};

server.on('error', (error) => {
  writeSync(output, `${error.message}\n`);
  process.exit(127);
});
server.on('exit', (code, signal) => {
  clearInterval(watch);
  writeSync(output, `ended: ${signal ?? code}\n`);
  closeSync(output);
  if (orphaned) removeFiles();
  process.exit(0);
});
server.on('spawn', () => process.stdout.write(`${server.pid}\n`));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
