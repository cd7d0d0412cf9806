import { access, mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import { fault } from '#libs/kernel';
import { NOBODYS_SCRATCH, type Scratch, type ScratchOfRun } from '#libs/ports/scratch';

import { scratchFault } from './scratch-fault.js';
import { ScratchOwnerFile, type LocalScratchOwner } from './scratch-owner.js';

export interface LocalScratchOptions {
  /** Everything in it is ours, and goes. It is made where it is missing. */
  readonly folder: string;
}

const NAME = /^[a-z][a-z0-9-]*$/;
const PRIVATE = 0o700;

const inFolder = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    throw scratchFault(cause);
  }
};

/**
 * Folders of runs in a folder of this machine. A file in it says whose they are. It is written first and removed last, so
 * that after a crash everything that lies there has an owner.
 */
export const localScratch = ({ folder }: LocalScratchOptions): Scratch => {
  const owners = new ScratchOwnerFile(folder);
  const work = join(folder, 'work');

  const emptied = (mine: LocalScratchOwner, kind: string, name: string): Promise<string> =>
    inFolder(async () => {
      if (!NAME.test(name)) throw fault('DEFECT_UNKNOWN', { details: { reason: 'folder_name' } });
      const now = await owners.read();
      if (now?.run !== mine.run || now.term !== mine.term) throw fault('BACKUP_ALREADY_RUNS');
      const path = join(work, kind, name);
      await rm(path, { recursive: true, force: true });
      await mkdir(path, { recursive: true, mode: PRIVATE });
      return path;
    });

  return {
    take: (run, term): Promise<ScratchOfRun> =>
      inFolder(async () => {
        await mkdir(folder, { recursive: true, mode: PRIVATE });
        const before = await owners.read();
        if (before && before.term > term) throw fault('BACKUP_ALREADY_RUNS');
        await owners.write({ run, term });
        if (before?.run !== run) await rm(work, { recursive: true, force: true });
        return {
          exportsOf: (source) => emptied({ run, term }, 'exports', source),
          proof: (of) => emptied({ run, term }, 'proof', of),
        };
      }),

    remove: (run) =>
      inFolder(async () => {
        if (((await owners.read())?.run ?? NOBODYS_SCRATCH) !== run) return;
        await rm(work, { recursive: true, force: true });
        await owners.remove();
      }),

    leftovers: () =>
      inFolder(async () => {
        const now = await owners.read();
        if (now) return [now.run];
        return (await isThere(work)) ? [NOBODYS_SCRATCH] : [];
      }),

    room: () =>
      inFolder(async () => {
        await mkdir(folder, { recursive: true, mode: PRIVATE });
        const { bavail, bsize } = await statfs(folder);
        return bavail * bsize;
      }),
  };
};

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
