import type { Scratch } from '#libs/ports/scratch';

/** Scratch that gives folders as they are: what an attempt left that was cut off is saved with the next one. */
export const scratchKeepingFolders = (inner: Scratch): Scratch => ({
  ...bound(inner),
  take: async (run, term) => {
    const folders = await inner.take(run, term);
    const known = new Map<string, Promise<string>>();
    const once = (key: string, make: () => Promise<string>): Promise<string> => {
      const folder = known.get(key) ?? make();
      known.set(key, folder);
      return folder;
    };
    return {
      exportsOf: (source) => once(`exports/${source}`, () => folders.exportsOf(source)),
      proof: (of) => once(`proof/${of}`, () => folders.proof(of)),
    };
  },
});

/** Scratch without a fence: a process that wakes up late empties the folders of the one that went on. */
export const scratchWithoutFence = (inner: Scratch): Scratch => ({
  ...bound(inner),
  take: async (run) => {
    const newest = () => inner.take(run, Number.MAX_SAFE_INTEGER);
    await newest();
    return {
      exportsOf: async (source) => (await newest()).exportsOf(source),
      proof: async (of) => (await newest()).proof(of),
    };
  },
});

/** Scratch that empties itself for each who takes it: an export is lost when another process goes on with its run. */
export const scratchForgettingItsRun = (inner: Scratch): Scratch => ({
  ...bound(inner),
  take: async (run, term) => {
    await inner.remove(run);
    return inner.take(run, term);
  },
});

const bound = (inner: Scratch): Scratch => ({
  take: (run, term) => inner.take(run, term),
  remove: (run) => inner.remove(run),
  leftovers: () => inner.leftovers(),
  room: () => inner.room(),
});
