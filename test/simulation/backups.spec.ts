import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { runSteps } from '#libs/backups';

import { runs, TIMEOUT_MS } from './harness/runs.js';
import {
  brokenPromises,
  TroubledBackups,
  troubledPorts,
  type BackupTrouble,
} from './harness/troubled-backups.js';

const after = fc.integer({ min: 0, max: 60 });
/** Any moment, or one while a run is at a step: some steps are short, and much may go wrong in them. */
const moment = fc.oneof(
  fc.record({ after }),
  fc.record({ after: fc.nat(12), when: fc.constantFrom(...runSteps) }),
);
const anyTime = <T extends object>(trouble: fc.Arbitrary<T>) =>
  fc.tuple(moment, trouble).map(([time, befalls]) => ({ ...befalls, ...time }));
const worker = fc.nat(2);
const port = fc.constantFrom(...troubledPorts);
type Of<Is extends BackupTrouble['is']> = fc.Arbitrary<Extract<BackupTrouble, { is: Is }>>;

const asking: Of<'request'> = anyTime(
  fc.record({
    is: fc.constant('request' as const),
    kind: fc.constantFrom('manual', 'daily', 'monthly', 'drill'),
  }),
);
const writing: fc.Arbitrary<BackupTrouble> = fc.record({
  after,
  is: fc.constant('write' as const),
});
const dying: fc.Arbitrary<BackupTrouble> = anyTime(
  fc.record({ is: fc.constantFrom('crash' as const, 'stop' as const), worker }),
);
const pausing: fc.Arbitrary<BackupTrouble> = anyTime(
  fc.record({
    is: fc.constant('pause' as const),
    worker,
    ms: fc.constantFrom(5_000, 20_000, 40_000, 120_000, 1_200_000),
  }),
);
const turning: fc.Arbitrary<BackupTrouble> = fc.record({
  after,
  is: fc.constant('clock' as const),
  worker,
  ms: fc.constantFrom(-7_200_000, -60_000, 40_000, 7_200_000),
});
const losses: fc.Arbitrary<BackupTrouble> = fc.record({
  after,
  is: fc.constantFrom('lost' as const, 'refused' as const),
  port,
});
const outages: fc.Arbitrary<BackupTrouble> = fc.oneof(
  fc.record({ after, is: fc.constant('away' as const), port, ms: fc.constantFrom(5_000, 60_000) }),
  fc.record({ after, is: fc.constant('full' as const) }),
);

const first: BackupTrouble = { after: 0, is: 'request', kind: 'manual' };
const historyOf = (...of: fc.Arbitrary<BackupTrouble>[]) =>
  fc
    .array(fc.oneof(...of), { minLength: 1, maxLength: 12 })
    .map((troubles) => [first, ...troubles]);
const order = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 24 });

const keeps = (history: fc.Arbitrary<BackupTrouble[]>) =>
  fc.asyncProperty(history, order, (troubles, steps) =>
    TroubledBackups.run(troubles, steps, async (world) => {
      expect(await brokenPromises(world)).toEqual([]);
    }),
  );

describe('backups whose makers die, stand still and meet', () => {
  it(
    'end each with one verdict, and the next one is good',
    () =>
      fc.assert(keeps(historyOf(asking, writing, dying, dying, losses)), {
        ...runs(100),
        endOnFailure: true,
      }),
    TIMEOUT_MS,
  );

  it(
    'never work two at a time, though somebody wakes up late and clocks are wrong',
    () =>
      fc.assert(keeps(historyOf(asking, writing, dying, pausing, pausing, turning)), {
        ...runs(100),
        endOnFailure: true,
      }),
    TIMEOUT_MS,
  );

  it(
    'come through full disks and things that are away',
    () =>
      fc.assert(keeps(historyOf(asking, writing, dying, pausing, outages, losses)), {
        ...runs(100),
        endOnFailure: true,
      }),
    TIMEOUT_MS,
  );
});
