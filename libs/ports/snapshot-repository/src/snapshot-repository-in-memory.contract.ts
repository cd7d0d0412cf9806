import { ManualClock, MemoryDisk, MemoryRepository } from '#libs/testing';

import type { SnapshotRepositoryHarness } from './snapshot-repository.contract.js';

export interface MemoryRepositoryHarness extends SnapshotRepositoryHarness {
  make(as?: { readonly password: 'other' }): MemoryRepository;
}

/** The honest one, without a disk. */
export const memoryRepositoryHarness = (): MemoryRepositoryHarness => {
  const disk = new MemoryDisk();
  const clock = new ManualClock();
  const one = new MemoryRepository({ disk, clock });
  const { vault } = one;
  let kill = (): void => undefined;
  const within = (folder: string): Record<string, string> => {
    const found: Record<string, string> = {};
    for (const path of disk.under(folder))
      found[path.slice(folder.length + 1)] = disk.read(path) ?? '';
    return found;
  };
  return {
    capabilities: { saysContent: true },
    make: (as) => one.beside(as && { password: 'another password' }),
    makeSlow: () => {
      const slow = one.beside();
      ({ kill } = slow.holdNext('save'));
      return slow;
    },
    killSlow: async () => kill(),
    makeReader: () => one.beside({ mayWrite: false }),
    folders: {
      place: (name) => `/disk/${name}`,
      write: async (path, text) => disk.write(path, text),
      remove: async (path) => disk.remove(path),
      empty: async (name) => {
        disk.makeFolder(`/disk/${name}`);
        return `/disk/${name}`;
      },
      read: async (folder) => within(folder),
    },
    stored: async () => [
      ...vault.snapshots.map(({ snapshot }) => JSON.stringify(snapshot)),
      ...vault.stored,
    ],
    locks: async () => one.locks,
    damage: async (part) => vault.breakPart(part),
    restart: async () => undefined,
    dispose: async () => undefined,
  };
};
