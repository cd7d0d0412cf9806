import { fault } from '#libs/kernel';

import { newestOf } from '../run-documents.js';
import { done, MINUTE_MS, type RunWork, type StepOfRun } from '../run-work.js';
import { repositoriesOf } from './repositories.js';

/** Folders with room, and repositories to save to. */
export const prepareRun: StepOfRun = {
  limitMs: 5 * MINUTE_MS,
  work: async (work) => {
    const { parts, run, signal, hold } = work;
    await work.scratch();
    await seeRoom(work);
    // A drill proves what is there; it makes no repository.
    if (run().kind === 'drill') return done;
    for (const { repository } of repositoriesOf(work)) {
      await hold();
      await parts.repositories[repository].writer.prepare({ signal });
    }
    return done;
  },
};

/**
 * As much as the newest good run had is copied, and restored as proof. Folders are saved where they lie. A server of its own
 * restores on its own disk.
 */
const seeRoom = async ({ parts, run }: RunWork): Promise<void> => {
  const { kind, sources, worksOn } = run();
  const like = kind === 'drill' ? run() : await newestOf(parts, 'good');
  const copies = (source: { readonly kind: string }): number => {
    const exported = kind === 'drill' || source.kind === 'folder' ? 0 : 1;
    return exported + (worksOn === 'server' ? 0 : 1);
  };
  const needed = (like?.sources ?? [])
    .filter(({ name }) => sources.some((source) => source.name === name))
    .reduce((sum, source) => sum + source.bytes * copies(source), 0);
  const room = await parts.scratch.room();
  if (room < needed) throw fault('BACKUP_SCRATCH_FULL', { details: { needed, room } });
};
