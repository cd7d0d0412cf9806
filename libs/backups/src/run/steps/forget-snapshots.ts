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
    const failures: Fault[] = [];
    const remaining: Snapshot[] = [];
    await forEach(work, failures, async (repository) => {
      remaining.push(...(await removeFrom(work, repository)));
    });
    // Noted before room is given back: a lock of the bucket may refuse that for days.
    if (failures.length === 0) await noteRemoved(work, remaining);
    await forEach(work, failures, (repository) => pruneIn(work, repository));
    const [failure] = failures;
    if (failure) throw failure;
    return done;
  },
};

/** Keys first, and also where the other one refuses: what was erased has to leave in time. */
const forEach = async (
  { signal }: RunWork,
  failures: Fault[],
  act: (repository: RunRepository) => Promise<void>,
): Promise<void> => {
  for (const repository of ['keys', 'data'] as const)
    try {
      await act(repository);
    } catch (thrown) {
      signal.throwIfAborted();
      failures.push(asFault(thrown));
    }
};

const removeFrom = async (
  { parts, run, signal, hold }: RunWork,
  repository: RunRepository,
): Promise<readonly Snapshot[]> => {
  const { remover } = parts.repositories[repository];
  const planned = run().retention?.planned[repository] ?? [];
  await hold();
  if (planned.length > 0) {
    await remover.remove(planned, { signal });
    await hold();
  }
  return remover.list({ signal });
};

const noteRemoved = async (work: RunWork, remaining: readonly Snapshot[]): Promise<void> => {
  const { run, note } = work;
  const { retention } = run();
  const { data = [], keys = [] } = retention?.planned ?? {};
  if (retention) await note({ retention: { ...retention, removed: [...data, ...keys] } });
  await markRunsWithoutSnapshots(work, remaining);
};

/** Asking again removes nothing more of what may not be removed yet, so a refusal is no failure. */
const pruneIn = async (work: RunWork, repository: RunRepository): Promise<void> => {
  const { parts, signal, hold, note } = work;
  if (!isPruned(work, repository)) return;
  await hold();
  try {
    await parts.repositories[repository].remover.prune({ signal });
  } catch (thrown) {
    signal.throwIfAborted();
    if (asFault(thrown).code !== 'BACKUP_ACCESS_DENIED') throw thrown;
    const detail = `repository=${repository}`;
    await note({ warnings: [{ code: 'BACKUP_PRUNE_REFUSED', step: 'forget', detail }] });
  }
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
