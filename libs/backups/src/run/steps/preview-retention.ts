import type { RunWarning } from '../backup-run.js';
import { planRemovals, type RemovalPlan } from '../plan-removals.js';
import { done, MINUTE_MS, type StepOfRun } from '../run-work.js';

/** Says what would go, before anything does. */
export const previewRetention: StepOfRun = {
  limitMs: 30 * MINUTE_MS,
  work: async ({ parts, run, signal, note }) => {
    const order = { run: run(), signal };
    const plans = [
      await planRemovals(parts, 'data', order),
      await planRemovals(parts, 'keys', order),
    ];
    const [data, keys] = plans.map(plannedIn);
    const unnamed = plans.flatMap((plan) => plan.unnamed.map(({ id }) => id));
    const more = unnamed.length - UNNAMED_NOTED;
    await note({
      retention: {
        kept: plans.reduce((sum, { keep }) => sum + keep.length, 0),
        planned: { data: data ?? [], keys: keys ?? [] },
        unnamed: unnamed.slice(0, UNNAMED_NOTED),
        ...(more > 0 && { moreUnnamed: more }),
      },
      warnings: plans.flatMap(warningsOf),
    });
    const isSaved = plans.every((plan) => plan.unsaved.length === 0);
    return isSaved ? done : { is: 'failed', code: 'BACKUP_REPOSITORY_DAMAGED' };
  },
};

/** A run is one document with a limit, and anybody with the password can write snapshots without end. */
const UNNAMED_NOTED = 100;
/** After a year in which nothing could be removed; the rest goes with the next runs. */
const REMOVED_AT_ONCE = 250;

const plannedIn = ({ remove }: RemovalPlan): readonly string[] =>
  remove.slice(0, REMOVED_AT_ONCE).map(({ id }) => id);

const warningsOf = ({
  repository,
  refused,
  unnamed,
  lost,
  unsaved,
}: RemovalPlan): readonly RunWarning[] => [
  ...unsaved.map((id) => ({
    ...{ code: 'SNAPSHOT_GONE', step: 'preview' as const },
    detail: `${id.slice(0, 8)} is not in ${repository} as a snapshot of this run`,
  })),
  ...lost.map((id) => ({
    ...{ code: 'SNAPSHOT_GONE', step: 'preview' as const },
    detail: `${id.slice(0, 8)} is no longer in ${repository}`,
  })),
  ...refused.map((source) => ({
    ...{ code: 'BACKUP_RETENTION_REFUSED', step: 'preview' as const },
    detail: `nothing of ${source} goes from ${repository}: only bad backups would be left`,
  })),
  ...(unnamed.length > 0
    ? [
        {
          ...{ code: 'BACKUP_SNAPSHOTS_UNNAMED', step: 'preview' as const },
          detail: `${repository} holds ${unnamed.length} that no good run made`,
        },
      ]
    : []),
];
