import { CLOCKS_APART_MS } from '#libs/kernel';
import type { Snapshot } from '#libs/ports/snapshot-repository';

import type { RepositoryFile } from './repository-files.js';
import type { RepositoryFinding } from './verdict.js';

interface LookedSnapshots {
  readonly now: number;
  readonly order: {
    readonly newestWithinMs?: number | undefined;
    readonly host?: string | undefined;
  };
  /** Where it lies in a folder. */
  readonly files: readonly RepositoryFile[] | undefined;
  /** What the newest of each sort brings back, by id, as far as it is known. */
  readonly bytes: ReadonlyMap<string, number>;
}

/** Nothing made a snapshot of this form before. */
const FIRST_RELEASE = Date.UTC(2015, 0, 1);
const OUR_TAG = 'innkeeper';

/** What the snapshots say of themselves. The program that made them believes each of them. Oldest first. */
export const lookAtSnapshots = (
  snapshots: readonly Snapshot[],
  looked: LookedSnapshots,
): readonly RepositoryFinding[] => {
  const files = looked.files?.filter(({ kind }) => kind === 'snapshot');
  if (snapshots.length === 0 && !files?.length)
    return [{ code: 'SNAPSHOTS_NONE', detail: 'there is no snapshot: nothing can come back' }];
  return [
    ...unlisted(snapshots, files),
    ...wrongClocks(snapshots, looked, files),
    ...empty(snapshots, looked),
    ...tooOld(snapshots, looked),
    ...foreign(snapshots, looked.order.host),
  ];
};

/** The newest snapshot of everything that is backed up here, each. */
export const newestOfEach = (snapshots: readonly Snapshot[]): readonly Snapshot[] => [
  ...new Map(snapshots.map((snapshot) => [groupOf(snapshot), snapshot])).values(),
];

/** Our sources have a tag; of others only host and paths tell what belongs together. */
const groupOf = ({ host, paths, tags }: Snapshot): string =>
  JSON.stringify([host, tags.find((tag) => tag.startsWith('source:')) ?? paths]);

/** Some versions pass over a snapshot that does not open, and say so to nobody who asks for a list. */
const unlisted = (
  snapshots: readonly Snapshot[],
  files: readonly RepositoryFile[] | undefined,
): readonly RepositoryFinding[] => {
  const ids = new Set(snapshots.map(({ id }) => id));
  return (files ?? [])
    .filter(({ name }) => !ids.has(name))
    .map(({ name }) => ({ code: 'SNAPSHOT_DAMAGED', detail: `snapshot ${name} does not open` }));
};

const wrongClocks = (
  snapshots: readonly Snapshot[],
  { now }: LookedSnapshots,
  files: readonly RepositoryFile[] | undefined,
): readonly RepositoryFinding[] => {
  const writtenAt = new Map(files?.map(({ name, writtenAt: at }) => [name, at]));
  return snapshots.flatMap(({ id, time }): readonly RepositoryFinding[] => {
    const at = Date.parse(time);
    const detail = `snapshot ${id} says ${time}`;
    if (at > now + CLOCKS_APART_MS) return [{ code: 'SNAPSHOT_FROM_FUTURE', detail }];
    if (!(at >= FIRST_RELEASE)) return [{ code: 'SNAPSHOT_CLOCK_WRONG', detail }];
    const written = writtenAt.get(id);
    if (written === undefined || at <= written + CLOCKS_APART_MS) return [];
    const earlier = `${detail}, and was written ${new Date(written).toISOString()}`;
    return [{ code: 'SNAPSHOT_CLOCK_WRONG', detail: earlier }];
  });
};

const empty = (
  snapshots: readonly Snapshot[],
  { bytes }: LookedSnapshots,
): readonly RepositoryFinding[] =>
  newestOfEach(snapshots)
    .filter(({ id, content }) => bytes.get(id) === 0 || content?.files === 0)
    .map(({ id }) => ({
      code: 'SNAPSHOT_EMPTY',
      detail: `snapshot ${id}, the newest of its sort, brings back nothing`,
    }));

const tooOld = (
  snapshots: readonly Snapshot[],
  { now, order: { newestWithinMs } }: LookedSnapshots,
): readonly RepositoryFinding[] => {
  // One from the future is not young.
  const newest = snapshots.findLast(({ time }) => Date.parse(time) <= now + CLOCKS_APART_MS);
  if (!newest || newestWithinMs === undefined) return [];
  if (now - Date.parse(newest.time) <= newestWithinMs) return [];
  const detail = `the newest snapshot, ${newest.id}, says ${newest.time}`;
  return [{ code: 'SNAPSHOT_OLD', detail }];
};

/** Among snapshots of ours one without our tag came from somebody else. */
const foreign = (
  snapshots: readonly Snapshot[],
  host: string | undefined,
): readonly RepositoryFinding[] => {
  const isOurs =
    host === undefined
      ? ({ tags }: Snapshot) => tags.includes(OUR_TAG)
      : (snapshot: Snapshot) => snapshot.host === host;
  if (host === undefined && !snapshots.some(isOurs)) return [];
  return snapshots
    .filter((snapshot) => !isOurs(snapshot))
    .map(({ id }) => ({ code: 'SNAPSHOT_FOREIGN', detail: `snapshot ${id} is of somebody else` }));
};
