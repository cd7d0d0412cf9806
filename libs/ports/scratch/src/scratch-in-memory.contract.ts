import { MemoryDisk, MemoryScratch } from '#libs/testing';

import type { TroubledScratchHarness } from './scratch.contract.js';

export const memoryScratchHarness = (): TroubledScratchHarness => {
  const disk = new MemoryDisk();
  const scratch = new MemoryScratch({ disk });
  return {
    scratch,
    beside: () => new MemoryScratch({ disk }),
    write: async (path, text) => disk.write(path, text),
    writeLate: async (folder, name) => disk.write(`${folder}/${name}`, 'late'),
    namesIn: async (folder) =>
      disk.has(folder)
        ? disk.under(folder).map((path) => path.slice(folder.length + 1))
        : undefined,
    trouble: async (what) => {
      scratch.trouble = what === 'full' ? 'BACKUP_SCRATCH_FULL' : 'BACKUP_SCRATCH_DENIED';
    },
    dispose: async () => undefined,
  };
};
