// Which Node runs the platform: version 24 from node_modules where npm has it for this machine, else the one on the PATH.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

import { inRoot } from './paths.js';

const [major, minor] = process.versions.node.split('.').map(Number);
const fits = major === 24 && minor >= 15;

const installed = () =>
  [
    `node_modules/node-${process.platform}-${process.arch}/bin/node`,
    `node_modules/node-win-${process.arch}/bin/node.exe`,
  ]
    .map((path) => inRoot(path))
    .find((path) => existsSync(path));

export const refuseOldNode = () => {
  if (major >= 20) return;
  process.stderr.write(
    `Innkeeper needs Node 20 or later to set itself up; this is ${process.version}.\n`,
  );
  process.exit(2);
};

export const node24 = () => {
  const path = installed() ?? (fits ? process.execPath : undefined);
  if (path) return path;
  process.stderr.write(
    `Innkeeper runs on Node 24.15 or later 24; npm has none for ${process.platform}-${process.arch}, ` +
      `and this is ${process.version}. Install Node 24 (the version is in .nvmrc) and try again.\n`,
  );
  process.exit(2);
};

/** Goes on as that program: the same process where Node can do it, so that signals and exit codes are its own. */
export const become = (args) => {
  const node = node24();
  // Windows has no exec; Node 20 does not offer it.
  if (process.execve) process.execve(node, [node, ...args], process.env);
  const child = spawn(node, args, { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // Ctrl-C reaches the whole group of a terminal: passing it on would send it twice.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    for (const name of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
};
