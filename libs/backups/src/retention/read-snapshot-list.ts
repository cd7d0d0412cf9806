import type { DatedSnapshot } from './keep-policy.js';
import { readSnapshotTime } from './snapshot-time.js';

/** A list of snapshots, or what is wrong with it. */
export type SnapshotListReading =
  | { readonly snapshots: readonly DatedSnapshot[]; readonly problem?: undefined }
  | { readonly problem: string };

/**
 * What `restic snapshots --json` printed, grouped or not: one list, in its order. Unknown members are passed over. One
 * snapshot without an id, or without a time that can be read, refuses all: a policy judges a list as a whole.
 */
export const readSnapshotList = (printed: unknown): SnapshotListReading => {
  // Where there are no snapshots, some versions print null.
  const items = printed === null ? [] : ungrouped(printed);
  if (!items) return { problem: 'it is no list of snapshots' };
  const snapshots: DatedSnapshot[] = [];
  for (const [index, item] of items.entries()) {
    const snapshot = snapshotOf(item);
    if (!snapshot) return { problem: `item ${index + 1} has no id, or no time that can be read` };
    snapshots.push(snapshot);
  }
  return { snapshots };
};

const ungrouped = (printed: unknown): readonly unknown[] | undefined =>
  Array.isArray(printed)
    ? printed.flatMap((item: unknown): readonly unknown[] =>
        isObject(item) && Array.isArray(item.snapshots) ? item.snapshots : [item],
      )
    : undefined;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const snapshotOf = (item: unknown): DatedSnapshot | undefined => {
  if (!isObject(item)) return undefined;
  const { time, tags } = item;
  const id = [item.id, item.short_id].find(isText);
  if (id === undefined || !isText(time) || !readSnapshotTime(time)) return undefined;
  return {
    id,
    time,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
  };
};
