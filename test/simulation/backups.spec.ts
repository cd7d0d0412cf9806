import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
  asking,
  dying,
  historyOf,
  losses,
  outages,
  pausing,
  turning,
  turnsOf,
  writing,
} from './harness/backup-histories.js';
import { runs, TIMEOUT_MS } from './harness/runs.js';
import { brokenPromises } from './harness/backup-promises.js';
import { TroubledBackups, type BackupTrouble } from './harness/troubled-backups.js';

const keeps = (history: fc.Arbitrary<BackupTrouble[]>) =>
  fc.asyncProperty(history, turnsOf, (troubles, turns) =>
    TroubledBackups.run(troubles, turns, async (world) => {
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
