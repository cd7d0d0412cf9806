import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { inRoot } from './paths.js';
import { mustRun } from './run.js';
import { step } from './step.js';

const lock = inRoot('package-lock.json');
const stamp = inRoot('node_modules/.cache/innkeeper-lock');
const npmsOwn = inRoot('node_modules/.package-lock.json');

const hashOfLock = () => createHash('sha256').update(readFileSync(lock)).digest('hex');

/** Ours, or made by an `npm ci` that is newer than the lock. */
const isInstalled = () => {
  if (!existsSync(npmsOwn)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfLock()) return true;
  return statSync(npmsOwn).mtimeMs >= statSync(lock).mtimeMs;
};

const npm = () => {
  const path = process.env.npm_execpath;
  if (!path) return process.platform === 'win32' ? ['npm.cmd'] : ['npm'];
  const program = basename(path).startsWith('npx') ? join(dirname(path), 'npm-cli.js') : path;
  return [process.execPath, program];
};

/** npm tells no progress into a pipe, but every package that is there has its package.json. */
const shareInstalled = () => {
  const paths = Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages)
    .filter(([path, { optional }]) => path && !optional)
    .map(([path]) => inRoot(path, 'package.json'));
  return () => paths.filter((path) => existsSync(path)).length / paths.length;
};

export const installWhatIsMissing = async () => {
  if (isInstalled()) return;
  const [command, ...args] = npm();
  // Node 20 installs well what Node 24 runs; npm's warnings about that would only worry.
  const quiet = ['--loglevel=error', '--no-fund', '--no-audit'];
  await step(
    'Installing packages',
    () =>
      mustRun(command, [...args, 'ci', ...quiet], {
        shell: command.endsWith('.cmd'),
        // What npm runs us with would reach it again: a script's own settings are not the install's.
        env: { ...process.env, npm_config_loglevel: 'error' },
      }),
    { progress: shareInstalled() },
  );
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hashOfLock());
  // npm takes its own note for outdated when node_modules is newer, and then reads the whole tree at every npx.
  utimesSync(npmsOwn, new Date(), new Date());
};
