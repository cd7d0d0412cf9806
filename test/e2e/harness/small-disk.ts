import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import type { Need } from '#libs/testing';

import type { Wrapping } from './program.js';

/** Room for a write-ahead log that has grown to its usual size. */
const SIZE_MB = 48;

const inside = (folder: string) =>
  `mount -t tmpfs -o size=${SIZE_MB}m tmpfs '${folder}' && exec "$@"`;

const confined = (folder: string, command: readonly string[]): string[] => [
  ...['unshare', '--map-root-user', '--mount', 'sh', '-c', inside(folder), 'sh'],
  ...command,
];

export const smallDiskNeed: Need = {
  name: 'unshare',
  met: spawnSync('unshare', confined('/mnt', ['true']).slice(1)).status === 0,
  reason: 'a process cannot have a small disk of its own here (unshare, tmpfs)',
  howToGet: 'run on Linux where unprivileged user namespaces are allowed, or as root',
};

/** A real disk of a few megabytes that only one process sees, and that a test can fill and empty. */
export class SmallDisk {
  pid = 0;

  constructor(private readonly folder: string) {}

  readonly wrapping: Wrapping = (command) => confined(this.folder, command);

  /** As that process sees it. */
  file(name: string): string {
    return join(`/proc/${this.pid}/root`, this.folder, name);
  }

  /** To the last page, even if others write meanwhile. */
  fill(): void {
    const file = openSync(this.file('ballast'), 'w');
    const page = Buffer.alloc(4096);
    try {
      for (;;) writeSync(file, page);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  empty(): void {
    rmSync(this.file('ballast'));
  }
}
