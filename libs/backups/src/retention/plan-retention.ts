import { fault } from '#libs/kernel';

import type { DatedSnapshot, KeepPolicy, RetentionPlan } from './keep-policy.js';

/**
 * Which snapshots stay under a policy, and why: what restic 0.18.1 would say of the same list as one group. Nothing is
 * counted back from a snapshot that is later than `now` (milliseconds), as restic does it.
 */
export const planRetention = (
  snapshots: readonly DatedSnapshot[],
  policy: KeepPolicy,
  now: number,
): RetentionPlan => {
  throw fault('BACKUP_RETENTION_EMPTY', { details: { snapshots: snapshots.length, now, daily: policy.daily ?? 0 } });
};
