import fc from 'fast-check';

import { runSteps } from '#libs/backups';

import { actorNames, fleetTroubles, serverPorts, type ServerTrouble } from './server-troubles.js';

const after = fc.integer({ min: 0, max: 80 });
const moment = fc.oneof(
  fc.record({ after }),
  fc.record({ after: fc.nat(16), when: fc.constantFrom(...runSteps) }),
);
const who = fc.constantFrom(...actorNames);
const port = fc.constantFrom(...serverPorts);
const MINUTE_MS = 60_000;
type Of<Is extends ServerTrouble['is']> = fc.Arbitrary<Extract<ServerTrouble, { is: Is }>>;

const anyTime = <T extends object>(trouble: fc.Arbitrary<T>) =>
  fc.tuple(moment, trouble).map(([time, befalls]) => ({ ...befalls, ...time }));

/** Somebody wants a backup. */
export const requests: Of<'request'> = anyTime(
  fc.record({
    is: fc.constant('request' as const),
    kind: fc.constantFrom('manual', 'daily', 'monthly', 'drill'),
  }),
);
export const writes: fc.Arbitrary<ServerTrouble> = fc.record({
  after,
  is: fc.constant('write' as const),
});
/** For a moment, or longer than a claim, a server or a call of the function lasts. */
export const deaths: fc.Arbitrary<ServerTrouble> = anyTime(
  fc.record({
    is: fc.constantFrom('crash' as const, 'crash' as const, 'stop' as const),
    who: fc.array(who, { minLength: 1, maxLength: 3 }),
    ms: fc.constantFrom(0, 0, 0, MINUTE_MS, 20 * MINUTE_MS, 90 * MINUTE_MS),
  }),
);
export const absences: fc.Arbitrary<ServerTrouble> = anyTime(
  fc.record({
    is: fc.constant('crash' as const),
    who: fc.constantFrom(
      ['first', 'second'] as const,
      ['first', 'second', 'function'] as const,
      ['function'] as const,
    ),
    ms: fc.constantFrom(10 * MINUTE_MS, 60 * MINUTE_MS, 180 * MINUTE_MS),
  }),
);
export const pauses: fc.Arbitrary<ServerTrouble> = anyTime(
  fc.record({
    is: fc.constant('pause' as const),
    who,
    ms: fc.constantFrom(5_000, 20_000, 40_000, 120_000, 20 * MINUTE_MS, 60 * MINUTE_MS),
  }),
);
export const wrongClocks: fc.Arbitrary<ServerTrouble> = fc.record({
  after,
  is: fc.constant('clock' as const),
  who,
  ms: fc.constantFrom(-120 * MINUTE_MS, -MINUTE_MS, 40_000, 120 * MINUTE_MS),
});
export const agentTroubles: fc.Arbitrary<ServerTrouble> = anyTime(
  fc.oneof(
    fc.record({
      is: fc.constant('agent' as const),
      what: fc.constantFrom('killed', 'off', 'deleted', 'full'),
    }),
    fc.record({
      is: fc.constant('agent_pause' as const),
      ms: fc.constantFrom(20_000, 3 * MINUTE_MS, 15 * MINUTE_MS),
    }),
  ),
);
export const fleetsTroubles: fc.Arbitrary<ServerTrouble> = anyTime(
  fc.record({
    is: fc.constant('fleet' as const),
    what: fc.constantFrom(...fleetTroubles),
    ms: fc.constantFrom(20_000, 10 * MINUTE_MS, 60 * MINUTE_MS),
  }),
);
export const strangersTroubles: fc.Arbitrary<ServerTrouble> = anyTime(
  fc.record({ is: fc.constantFrom('name_taken' as const, 'theft' as const) }),
);
export const lostCalls: fc.Arbitrary<ServerTrouble> = anyTime(
  fc.record({ is: fc.constantFrom('lost' as const, 'refused' as const), port }),
);
export const aways: fc.Arbitrary<ServerTrouble> = anyTime(
  fc.record({
    is: fc.constant('away' as const),
    port,
    ms: fc.constantFrom(5_000, MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS),
  }),
);

/** A backup is asked for, and then this happens. */
export const serverHistoryOf = (
  ...of: fc.Arbitrary<ServerTrouble>[]
): fc.Arbitrary<readonly ServerTrouble[]> =>
  fc
    .array(fc.oneof(...of), { minLength: 1, maxLength: 10 })
    .map((troubles) => [{ after: 0, is: 'request', kind: 'manual' }, ...troubles]);
