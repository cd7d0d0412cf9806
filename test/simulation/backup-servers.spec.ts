import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { turnsOf } from './harness/backup-histories.js';
import { runs, TIMEOUT_MS } from './harness/runs.js';
import {
  absences,
  agentTroubles,
  aways,
  deaths,
  fleetsTroubles,
  lostCalls,
  pauses,
  requests,
  serverHistoryOf,
  strangersTroubles,
  writes,
  wrongClocks,
} from './harness/server-histories.js';
import { brokenServerPromises } from './harness/server-promises.js';
import type { ServerTrouble } from './harness/server-troubles.js';
import { TroubledServers, type ServerHistory } from './harness/troubled-servers.js';

const holds = (
  of: readonly fc.Arbitrary<ServerTrouble>[],
  settings: Partial<ServerHistory> = {},
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(serverHistoryOf(...of), turnsOf, (troubles, turns) =>
      TroubledServers.run({ troubles, turns, ...settings }, async (world) => {
        expect(await brokenServerPromises(world)).toEqual([]);
      }),
    ),
    { ...runs(15), endOnFailure: true },
  );

describe('backups on servers of their own', () => {
  it(
    'leave no server and one verdict, whoever dies',
    () => holds([requests, writes, deaths, deaths, absences, agentTroubles, lostCalls]),
    TIMEOUT_MS,
  );

  it(
    'are one at a time on one server each, though somebody wakes up late and clocks are wrong',
    () =>
      // Longer than two clocks are apart: who finds the time of a server over ends its run.
      holds([requests, writes, deaths, pauses, pauses, wrongClocks, agentTroubles], {
        hoursPerServer: 5,
      }),
    TIMEOUT_MS,
  );

  it(
    'leave nothing, though their time is over at once for a clock that is wrong',
    () =>
      holds([requests, deaths, wrongClocks, wrongClocks, fleetsTroubles, lostCalls], {
        setsClocks: true,
      }),
    TIMEOUT_MS,
  );

  it(
    'are no more than a day may have',
    () =>
      holds([requests, requests, deaths, agentTroubles, fleetsTroubles], {
        ...{ serversPerDay: 2, mayFailWith: 'BACKUP_SERVER_BUDGET_SPENT' },
      }),
    TIMEOUT_MS,
  );

  it(
    'come through a fleet that refuses, what is away, and strangers',
    () => holds([requests, deaths, fleetsTroubles, aways, strangersTroubles, lostCalls]),
    TIMEOUT_MS,
  );
});
