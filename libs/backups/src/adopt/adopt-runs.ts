import type { Id } from '#libs/kernel';
import type { Snapshot } from '#libs/ports/snapshot-repository';

import type { BackupsParts } from '../backups-parts.js';
import type { BackupRun, RunRepository } from '../run/backup-run.js';
import { createRun, readRuns } from '../run/run-documents.js';
import { runIn, runsHolding } from '../run/runs-holding.js';
import type { AdoptedRuns, Backups } from '../run/use-cases.js';
import { adoptedRun } from './adopted-run.js';

/**
 * Makes the documents of runs that a snapshot names and nobody knows, from what the log knows. A tag only says
 * where to look: which snapshots are of a run, the log says, so who can write to the repository gains nothing. Each run is
 * made once, so it may be broken off and asked for again.
 */
export const adoptRuns =
  (parts: BackupsParts): Backups['adopt'] =>
  async () => {
    const listed = { data: await listIn(parts, 'data'), keys: await listIn(parts, 'keys') };
    const stored = { data: byId(listed.data), keys: byId(listed.keys) };
    const snapshots = [...listed.data, ...listed.keys];
    const kinds = new Map(parts.sources.map(({ name, kind }) => [name, kind]));
    const kindOf = (name: string) => kinds.get(name) ?? 'folder';
    const restored = await parts.restored();
    const adopted: Id[] = [];
    for (const id of await unknownIn(parts, snapshots)) {
      const run = adoptedRun({ id, told: await parts.told(id), restored, stored, kindOf });
      if (run && (await createRun(parts, run))) adopted.push(id);
    }
    const good = await runsHolding(parts, snapshots);
    return {
      adopted,
      unnamed: (['data', 'keys'] as const).flatMap((repository) =>
        unnamedOf(good, repository, listed[repository]),
      ),
    };
  };

const byId = (snapshots: readonly Snapshot[]): ReadonlyMap<string, Snapshot> =>
  new Map(snapshots.map((snapshot) => [snapshot.id, snapshot]));

const listIn = (
  { repositories }: BackupsParts,
  repository: RunRepository,
): Promise<readonly Snapshot[]> => {
  const { signal } = new AbortController();
  return repositories[repository].remover.list({ signal });
};

const unnamedOf = (
  good: readonly BackupRun[],
  repository: RunRepository,
  snapshots: readonly Snapshot[],
): AdoptedRuns['unnamed'] => {
  const sources = good.flatMap((run) => run.sources);
  const named = new Set([
    ...sources.filter((one) => one.repository === repository).map(({ snapshot }) => snapshot),
    ...good.flatMap(({ replaced = [] }) => replaced),
  ]);
  return snapshots
    .filter(({ id }) => !named.has(id))
    .map(({ id, time }) => ({ repository, id, time }));
};

/** Oldest first. */
const unknownIn = async (
  parts: BackupsParts,
  snapshots: readonly Snapshot[],
): Promise<readonly Id[]> => {
  const said = new Set(
    snapshots.filter(({ host }) => host === parts.host).flatMap((one) => runIn(one) ?? []),
  );
  const known = new Set((await readRuns(parts, [...said])).map(({ id }) => id));
  return [...said].filter((id) => !known.has(id));
};
