import type { BackupRun, RunRepository } from '../backup-run.js';
import { markGone, runsOf } from '../run-documents.js';
import { done, HOUR_MS, type RunWork, type StepOfRun } from '../run-work.js';
import { repositoriesOf } from './repositories.js';

/** Removes what the preview named, by the identity that may; then gives back the room. */
export const forgetSnapshots: StepOfRun = {
  limitMs: 6 * HOUR_MS,
  work: async (work) => {
    const { parts, run, signal, hold, note } = work;
    const { retention } = run();
    const remaining = new Set<string>();
    for (const repository of ['data', 'keys'] as const) {
      const { remover } = parts.repositories[repository];
      const planned = retention?.planned[repository] ?? [];
      if (planned.length > 0) {
        await hold();
        await remover.remove(planned, { signal });
      }
      if (isPruned(work, repository)) {
        await hold();
        await remover.prune({ signal });
      }
      for (const { id } of await remover.list({ signal })) remaining.add(id);
    }
    const { data = [], keys = [] } = retention?.planned ?? {};
    if (retention) await note({ retention: { ...retention, removed: [...data, ...keys] } });
    await markRunsWithoutSnapshots(work, remaining);
    return done;
  },
};

/** Keys at each run: what was erased has to be gone in time. The rest when there is more to gain. */
const isPruned = (work: RunWork, repository: RunRepository): boolean => {
  if (!repositoriesOf(work).some((one) => one.repository === repository)) return false;
  return repository === 'keys' || work.run().kind !== 'daily';
};

/** Retention need not read them again, and their documents go one day. */
const markRunsWithoutSnapshots = async (
  { parts, run }: RunWork,
  remaining: ReadonlySet<string>,
): Promise<void> => {
  const isWithout = ({ id, sources }: BackupRun): boolean =>
    id !== run().id &&
    !sources.some(({ snapshot }) => snapshot !== undefined && remaining.has(snapshot));
  for (const { id } of (await runsOf(parts, 'holds')).filter(isWithout)) await markGone(parts, id);
};
