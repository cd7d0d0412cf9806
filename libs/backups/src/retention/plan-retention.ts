import { fault } from '#libs/kernel';

import type { DatedSnapshot, KeepPolicy, RetentionPlan } from './keep-policy.js';
import { keepRulesOf } from './keep-rules.js';
import {
  firstMoment,
  readSnapshotTime,
  type SnapshotTime,
  type TimedSnapshot,
} from './snapshot-time.js';

/**
 * Which snapshots stay under a policy, and why: what restic 0.18.1 says about the same list as one group, where the
 * machine's own zone is UTC. Nothing is counted back from a snapshot that is later than `now` (milliseconds). Among
 * equal times the order of the list decides. A plan may keep nothing: who removes must refuse that.
 */
export const planRetention = (
  snapshots: readonly DatedSnapshot[],
  policy: KeepPolicy,
  now: number,
): RetentionPlan => {
  const rules = keepRulesOf(policy);
  if (rules.length === 0) throw fault('BACKUP_RETENTION_EMPTY');
  const timed = newestFirst(snapshots.map(timedOf));
  const judges = rules.map((rule) => rule(newestBefore(timed, now)));
  const judged = timed.map((item, index) => ({
    ...item,
    reasons: judges.flatMap((judge) => judge(item, index === timed.length - 1) ?? []),
  }));
  return {
    keep: judged
      .filter(({ reasons }) => reasons.length > 0)
      .map(({ snapshot: { id, time }, reasons }) => ({ id, time, reasons })),
    remove: judged
      .filter(({ reasons }) => reasons.length === 0)
      .map(({ snapshot: { id, time } }) => ({ id, time })),
  };
};

/** A time that cannot be read must remove nothing: readers of lists refuse it before. */
const timedOf = (snapshot: DatedSnapshot): TimedSnapshot => {
  const time = readSnapshotTime(snapshot.time);
  if (!time)
    throw fault('DEFECT_UNKNOWN', { details: { problem: 'a time of a snapshot is not read' } });
  return { snapshot, time };
};

const newestFirst = (timed: readonly TimedSnapshot[]): readonly TimedSnapshot[] =>
  timed.toSorted((a, b) =>
    a.time.instant > b.time.instant ? -1 : a.time.instant < b.time.instant ? 1 : 0,
  );

/** A clock that ran ahead must not shift what counts as recent. */
const newestBefore = (timed: readonly TimedSnapshot[], now: number): SnapshotTime => {
  const limit = BigInt(Math.floor(now)) * 1_000_000n;
  const newest = timed.find(({ time }) => time.instant < limit)?.time;
  return newest !== undefined && newest.instant > firstMoment.instant ? newest : firstMoment;
};
