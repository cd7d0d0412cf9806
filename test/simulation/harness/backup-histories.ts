import fc from 'fast-check';

import { runSteps } from '#libs/backups';

import { troubledPorts, type BackupTrouble } from './troubled-backups.js';

const after = fc.integer({ min: 0, max: 60 });
/** Any moment, or one while a run is at a step: some steps are short, and much may go wrong in them. */
const moment = fc.oneof(
  fc.record({ after }),
  fc.record({ after: fc.nat(12), when: fc.constantFrom(...runSteps) }),
);
const worker = fc.nat(2);
const port = fc.constantFrom(...troubledPorts);
type Of<Is extends BackupTrouble['is']> = fc.Arbitrary<Extract<BackupTrouble, { is: Is }>>;

const anyTime = <T extends object>(trouble: fc.Arbitrary<T>) =>
  fc.tuple(moment, trouble).map(([time, befalls]) => ({ ...befalls, ...time }));

/** Somebody wants a backup. */
export const asking: Of<'request'> = anyTime(
  fc.record({
    is: fc.constant('request' as const),
    kind: fc.constantFrom('manual', 'daily', 'monthly', 'drill'),
  }),
);
export const writing: fc.Arbitrary<BackupTrouble> = fc.record({
  after,
  is: fc.constant('write' as const),
});
export const dying: fc.Arbitrary<BackupTrouble> = anyTime(
  fc.record({ is: fc.constantFrom('crash' as const, 'stop' as const), worker }),
);
export const pausing: fc.Arbitrary<BackupTrouble> = anyTime(
  fc.record({
    is: fc.constant('pause' as const),
    worker,
    ms: fc.constantFrom(5_000, 20_000, 40_000, 120_000, 1_200_000),
  }),
);
export const turning: fc.Arbitrary<BackupTrouble> = fc.record({
  after,
  is: fc.constant('clock' as const),
  worker,
  ms: fc.constantFrom(-7_200_000, -60_000, 40_000, 7_200_000),
});
export const losses: fc.Arbitrary<BackupTrouble> = fc.record({
  after,
  is: fc.constantFrom('lost' as const, 'refused' as const),
  port,
});
export const outages: fc.Arbitrary<BackupTrouble> = fc.oneof(
  fc.record({ after, is: fc.constant('away' as const), port, ms: fc.constantFrom(5_000, 60_000) }),
  fc.record({ after, is: fc.constant('full' as const) }),
);

const first: BackupTrouble = { after: 0, is: 'request', kind: 'manual' };

/** A backup is asked for, and then this happens. */
export const historyOf = (...of: fc.Arbitrary<BackupTrouble>[]): fc.Arbitrary<BackupTrouble[]> =>
  fc
    .array(fc.oneof(...of), { minLength: 1, maxLength: 12 })
    .map((troubles) => [first, ...troubles]);

/** Who of those that can go on does so next. */
export const turnsOf = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 24 });
