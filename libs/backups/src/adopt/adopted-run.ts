import type { Id } from '#libs/kernel';
import type { BackupSourceKind } from '#libs/ports/backup-source';
import type { Snapshot } from '#libs/ports/snapshot-repository';

import { KEYS_SOURCE } from '../restore/backup-set.js';
import {
  endedStatuses,
  hasSucceeded,
  runKinds,
  runSteps,
  type BackupRun,
  type RunRepository,
  type RunSource,
} from '../run/backup-run.js';
import type { RestoredNote } from './restored-note.js';
import type { ToldRunState } from './told-run-state.js';

export type StoredSnapshots = Readonly<Record<RunRepository, ReadonlyMap<string, Snapshot>>>;

interface AdoptionGround {
  readonly id: Id;
  /** In any order; the newest counts. None: the log does not know this run. */
  readonly told: readonly ToldRunState[];
  readonly restored?: RestoredNote | undefined;
  /** Everything that lies in the repositories, by its id. */
  readonly stored: StoredSnapshots;
  readonly kindOf: (source: string) => BackupSourceKind;
}

/**
 * A run whose document is lost, as the log knew it. None where it does not know that it succeeded; but the run that this log
 * was restored from has not ended in it, and the restore compared what it saved.
 */
export const adoptedRun = (ground: AdoptionGround): BackupRun | undefined => {
  const newest = ground.told.reduce<ToldRunState | undefined>(
    (best, state) => (best && best.revision >= state.revision ? best : state),
    undefined,
  );
  const kind = runKinds.find((one) => one === newest?.kind);
  if (!newest || !kind || kind === 'drill') return undefined;
  const status = endedStatuses.find((one) => one === newest.status);
  if (status && hasSucceeded({ status }))
    return {
      ...bodyOf(ground, newest),
      kind,
      status,
      sources: newest.sources.map(sourceIn(ground)),
    };
  const { id, restored } = ground;
  if (status || restored?.run !== id) return undefined;
  const sources = restored.sources.map((source) => sourceIn(ground)({ ...source, addedBytes: 0 }));
  // What is not there is no proof of anything.
  const times = sources.map((source) => storedOf(ground, source)?.time);
  const endedAt = Math.max(...times.map((time) => (time ? Date.parse(time) : Infinity)));
  if (!Number.isFinite(endedAt)) return undefined;
  const ended = { ...newest, endedAt, drill: undefined };
  return { ...bodyOf(ground, ended), kind, status: 'succeeded', sources };
};

const storedOf = (
  { stored }: Pick<AdoptionGround, 'stored'>,
  { repository, snapshot }: Pick<RunSource, 'repository' | 'snapshot'>,
): Snapshot | undefined => (snapshot === undefined ? undefined : stored[repository].get(snapshot));

const bodyOf = (
  { id }: AdoptionGround,
  { revision, requestedAt, startedAt, endedAt, warnings, drill }: ToldRunState,
): Omit<BackupRun, 'kind' | 'status' | 'sources'> => {
  const at = endedAt ?? requestedAt;
  return {
    ...{ id, requestedBy: 'operator', step: 'close', isAdopted: true, revision },
    ...{ attempt: 0, failures: 0, claims: 0, steps: [] },
    ...{ requestedAt, stepStartedAt: at, heartbeatAt: at, endedAt: at },
    ...(startedAt !== undefined && { startedAt }),
    // Details never went into the log.
    warnings: warnings.flatMap(({ code, step }) => {
      const known = runSteps.find((one) => one === step);
      return known ? [{ code, step: known, detail: '' }] : [];
    }),
    ...(drill && { drill: { ...drill, of: id, sources: [] } }),
  };
};

const sourceIn =
  (ground: AdoptionGround) =>
  ({ name, snapshot, files, bytes, addedBytes }: ToldRunState['sources'][number]): RunSource => {
    const repository = name === KEYS_SOURCE ? 'keys' : 'data';
    const found = storedOf(ground, { repository, ...(snapshot !== undefined && { snapshot }) });
    return {
      ...{ name, kind: ground.kindOf(name), repository, files, bytes, addedBytes },
      ...(snapshot !== undefined && { snapshot }),
      ...(found && { paths: ownFirst(name, found.paths) }),
    };
  };

/** A drill looks for the copy of ours in the first one. */
const ownFirst = (name: string, paths: readonly string[]): readonly string[] => {
  const isOwn = (path: string): boolean => path.endsWith(`/exports/${name}`);
  return paths.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
};
