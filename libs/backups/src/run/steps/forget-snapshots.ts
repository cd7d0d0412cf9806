import { asFault, type Fault } from '#libs/kernel';
import type { Snapshot } from '#libs/ports/snapshot-repository';

import type { RunRepository } from '../backup-run.js';
import { markGone } from '../run-documents.js';
import { done, HOUR_MS, type RunWork, type StepOfRun } from '../run-work.js';
import { runsHolding } from '../runs-holding.js';
import { repositoriesOf } from './repositories.js';

/** Removes what the preview named, by the identity that may; then gives back the room. */
export const forgetSnapshots: StepOfRun = {
  limitMs: 6 * HOUR_MS,
  work: async (work) => {
    const { run, note } = work;
    const { retention } = run();
    const remaining = await removeFromEach(work);
    const { data = [], keys = [] } = retention?.planned ?? {};
    if (retention) await note({ retention: { ...retention, removed: [...data, ...keys] } });
    await markRunsWithoutSnapshots(work, remaining);
    return done;
  },
};

/** Keys first, and also where the other one refuses: what was erased has to leave in time. */
const removeFromEach = async (work: RunWork): Promise<readonly Snapshot[]> => {
  const remaining: Snapshot[] = [];
  let failure: Fault | undefined;
  for (const repository of ['keys', 'data'] as const)
    try {
      remaining.push(...(await removeFrom(work, repository)));
    } catch (thrown) {
      work.signal.throwIfAborted();
      failure ??= asFault(thrown);
    }
  if (failure) throw failure;
  return remaining;
};

const removeFrom = async (
  work: RunWork,
  repository: RunRepository,
): Promise<readonly Snapshot[]> => {
  const { parts, run, signal, hold } = work;
  const { remover } = parts.repositories[repository];
  const planned = run().retention?.planned[repository] ?? [];
  if (planned.length > 0) {
    await hold();
    await remover.remove(planned, { signal });
  }
  if (isPruned(work, repository)) {
    await hold();
    await remover.prune({ signal });
  }
  await hold();
  return remover.list({ signal });
};

/** Keys at each run: what was erased has to be gone in time. The rest when there is more to gain. */
const isPruned = (work: RunWork, repository: RunRepository): boolean => {
  if (!repositoriesOf(work).some((one) => one.repository === repository)) return false;
  return repository === 'keys' || work.run().kind !== 'daily';
};

/** Retention need not read them again, and their documents go one day. */
const markRunsWithoutSnapshots = async (
  { parts, run }: RunWork,
  remaining: readonly Snapshot[],
): Promise<void> => {
  const ids = new Set(remaining.map(({ id }) => id));
  for (const { id, sources } of await runsHolding(parts, remaining)) {
    if (id === run().id) continue;
    const isThere = sources.some(({ snapshot }) => snapshot !== undefined && ids.has(snapshot));
    await markGone(parts, id, !isThere);
  }
};
