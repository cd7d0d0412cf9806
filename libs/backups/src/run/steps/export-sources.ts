import { done, HOUR_MS, type StepOfRun } from '../run-work.js';
import { sourceNamed } from './repositories.js';

/** A copy of each source, keys last: what the log sealed while it was copied opens with keys that are copied later. */
export const exportSources: StepOfRun = {
  limitMs: 2 * HOUR_MS,
  work: async (work) => {
    const { run, signal, hold, note, progress } = work;
    const scratch = await work.scratch();
    const inOrder = [...run().sources].sort(
      (a, b) => Number(a.kind === 'keys') - Number(b.kind === 'keys'),
    );
    for (const { name } of inOrder) {
      await hold();
      const into = await scratch.exportsOf(name);
      const exported = await sourceNamed(work, name).export(into, {
        signal,
        onProgress: ({ of, ...amount }) => progress({ of: `${name}/${of}`, ...amount }),
      });
      const { manifest, paths, warnings } = exported;
      const { files, bytes } = manifest;
      await note({
        sources: [{ name, manifest, paths, files, bytes }],
        warnings: warnings.map(({ code, detail }) => ({
          ...{ code, step: 'export', detail: `${name}: ${detail}` },
        })),
      });
    }
    return done;
  },
};
