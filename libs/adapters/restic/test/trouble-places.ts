import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

import type { Need } from '#libs/testing';

/** A disk of few bytes can be made by root alone. */
export const smallDisks: Need = {
  name: 'root',
  met: process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0,
  reason: 'only root may mount a small disk',
  howToGet: 'run the tests as root in a throw-away container',
};

/** A program that may not read everything, although we may. */
export const fewerRights: Need = {
  name: 'setpriv',
  met: process.getuid?.() !== 0 || spawnSync('setpriv', ['--version']).status === 0,
  reason: 'root reads every file, and there is no setpriv to give that up',
  howToGet: 'install util-linux, or run the tests as another user',
};

export const mountSmall = (folder: string, kib: number): void => {
  mkdirSync(folder, { recursive: true });
  const options = ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder];
  const { status, stderr } = spawnSync('mount', options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
};

export const unmount = (folder: string): void => {
  spawnSync('umount', ['--lazy', folder], { stdio: 'ignore' });
};
