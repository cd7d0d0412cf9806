import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { turnsOf } from './harness/backup-histories.js';
import {
  believesDestroy,
  countsNoServers,
  hearsOlderReports,
  looksSeldom,
  ordersBeforeWriting,
  ordersTwice,
  reapsByLabels,
} from './harness/planted-servers.js';
import { TIMEOUT_MS } from './harness/runs.js';
import {
  agentTroubles,
  deaths,
  fleetsTroubles,
  requests,
  serverHistoryOf,
  strangersTroubles,
} from './harness/server-histories.js';
import { brokenServerPromises } from './harness/server-promises.js';
import { actorNames, type ServerTrouble } from './harness/server-troubles.js';
import {
  TroubledServers,
  type ServerHistory,
  type ServerPlants,
} from './harness/troubled-servers.js';

/** The same in every run: that these are found must not be a matter of luck. */
const seed = 20_261_201;

/** What is broken first, if anything is. */
const found = async (
  plants: ServerPlants,
  of: readonly fc.Arbitrary<ServerTrouble>[],
  settings: Partial<ServerHistory> = {},
): Promise<string> => {
  let broken: readonly string[] = [];
  const property = fc.asyncProperty(serverHistoryOf(...of), turnsOf, (troubles, turns) =>
    TroubledServers.run(
      { troubles, turns, ...settings },
      async (world) => {
        broken = await brokenServerPromises(world);
        expect(broken).toEqual([]);
      },
      plants,
    ),
  );
  await fc.check(property, { seed, numRuns: 30, endOnFailure: true });
  return broken.join('\n');
};

const whileSaving = { after: fc.nat(16), when: fc.constant('save' as const) };
const clockTurned: fc.Arbitrary<ServerTrouble> = fc.record({
  ...{ ...whileSaving, is: fc.constant('clock' as const) },
  ...{ who: fc.constantFrom(...actorNames), ms: fc.constant(7_200_000) },
});
const serverKept: fc.Arbitrary<ServerTrouble> = fc.record({
  ...{ ...whileSaving, is: fc.constant('fleet' as const) },
  ...{ what: fc.constant('undeletable' as const), ms: fc.constant(3_600_000) },
});

/** Each of these is the code that somebody would write; each is found in the usual number of histories. */
describe('a fault that is planted in backups on servers', () => {
  it(
    'is found: a server that is ordered before its run says so',
    async () => {
      const broken = await found({ parts: ordersBeforeWriting }, [requests, deaths]);
      expect(broken).toMatch('a server was ordered of which no document knows');
    },
    TIMEOUT_MS,
  );

  it(
    'is found: servers that are judged by their labels alone',
    async () => {
      const broken = await found({ backups: reapsByLabels }, [requests, deaths]);
      expect(broken).toMatch('a server of somebody else');
    },
    TIMEOUT_MS,
  );

  it(
    'is found: a report that is kept because it came last',
    async () => {
      const broken = await found({ backups: hearsOlderReports }, [requests, deaths]);
      expect(broken).toMatch('the next run was failed');
    },
    TIMEOUT_MS,
  );

  it(
    'is found: a server that counts as gone because it was told to go',
    async () => {
      const broken = await found({ parts: believesDestroy }, [requests, fleetsTroubles, deaths]);
      expect(broken).toMatch('a run says of a server that it is gone, and it stands');
    },
    TIMEOUT_MS,
  );

  it(
    'is found: an order that is given twice',
    async () => {
      const broken = await found({ backups: ordersTwice }, [requests, strangersTroubles]);
      expect(broken).toMatch('two were given one order');
    },
    TIMEOUT_MS,
  );

  it(
    'is found: a server that works on though nobody needs it',
    async () => {
      const broken = await found(
        { heard: ({ next, ...answer }) => ({ ...answer, next: next === 'leave' ? 'work' : next }) },
        // A run ends early for a clock that is wrong, and its server stays for a while.
        [clockTurned, serverKept],
        { setsClocks: true },
      );
      expect(broken).toMatch('a server goes on that nobody needs');
    },
    TIMEOUT_MS,
  );

  it(
    'is found: a fleet that is looked at too seldom',
    async () => {
      const broken = await found({ backups: looksSeldom }, [requests, agentTroubles, serverKept]);
      expect(broken).toMatch('minutes too long');
    },
    TIMEOUT_MS,
  );

  it(
    'is found: servers that nobody counts',
    async () => {
      const broken = await found({ parts: countsNoServers }, [requests, requests, agentTroubles], {
        ...{ serversPerDay: 2, mayFailWith: 'BACKUP_SERVER_BUDGET_SPENT' },
      });
      expect(broken).toMatch('more servers than a day may have');
    },
    TIMEOUT_MS,
  );
});
