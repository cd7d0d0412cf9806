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
    const [data, keys] = plans.map(({ remove }) => remove.map(({ id }) => id));
    await note({
      retention: {
        kept: plans.reduce((sum, { keep }) => sum + keep.length, 0),
        planned: { data: data ?? [], keys: keys ?? [] },
        unnamed: plans.flatMap(({ unnamed }) => unnamed.map(({ id }) => id)),
      },
      warnings: plans.flatMap(warningsOf),
    });
    return done;
  },
};

const warningsOf = ({ repository, refused, unnamed }: RemovalPlan): readonly RunWarning[] => [
  ...refused.map((source) => ({
    ...{ code: 'BACKUP_RETENTION_REFUSED', step: 'preview' as const },
    detail: `${repository}: ${source}`,
  })),
  ...(unnamed.length > 0
    ? [
        {
          ...{ code: 'BACKUP_SNAPSHOTS_UNNAMED', step: 'preview' as const },
          detail: `${repository}: ${unnamed.length}`,
        },
      ]
    : []),
];
