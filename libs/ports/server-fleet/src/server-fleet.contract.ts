import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import {
  codeOf,
  failureOf,
  orderOf,
  OURS,
  started,
  TOKEN_OF_ORDER,
  watching,
  type FleetBehaviour,
  type MakeFleet,
} from './server-fleet-harness.contract.js';
import { fleetLifeBehaviours } from './server-fleet-life.contract.js';
import type { FleetWatch } from './server-fleet.port.js';

export type {
  FleetAbility,
  FleetBehaviour,
  FleetFailure,
  FleetHarness,
  HeldFleet,
  MakeFleet,
} from './server-fleet-harness.contract.js';

const listsOursAlone: FleetBehaviour = async ({ fleet }) => {
  const first = await started(fleet, orderOf('innkeeper-test-backup-1'));
  const elsewhere = { ...OURS, 'innkeeper-environment': 'production' };
  await started(fleet, orderOf('innkeeper-production-backup-1', elsewhere));
  await started(fleet, orderOf('somebody-elses', {}));
  const almost = { ...OURS, 'innkeeper-environment': 'testing' };
  await started(fleet, orderOf('innkeeper-testing-backup-1', almost));
  const more = { ...OURS, 'innkeeper-run': 'run-2', extra: '' };
  const second = await started(fleet, orderOf('innkeeper-test-backup-2', more));
  const idsWith = async (labels: Readonly<Record<string, string>>) =>
    (await fleet.list(labels, watching())).map(({ id }) => id);
  expect(await idsWith({ 'innkeeper-environment': 'test' })).toEqual([first.id, second.id]);
  expect(await idsWith(OURS)).toEqual([first.id]);
  expect(await idsWith({ ...OURS, extra: '' })).toEqual([]);
  expect(await idsWith({ 'innkeeper-environment': 'tes' })).toEqual([]);
  expect(await idsWith({ nobody: 'has' })).toEqual([]);
};

const listsAll: FleetBehaviour = async ({ fleet, capabilities }) => {
  const names = Array.from({ length: capabilities.many }, (_, i) => `innkeeper-test-backup-${i}`);
  for (const name of names) await fleet.create(orderOf(name), watching());
  const listed = await fleet.list(OURS, watching());
  expect(listed.map(({ name }) => name)).toEqual(names);
  const times = listed.map(({ createdAt }) => createdAt);
  expect(times).toEqual([...times].sort((a, b) => a - b));
};

const findsByWholeName: FleetBehaviour = async ({ fleet }) => {
  const { id } = await started(fleet, orderOf('innkeeper-test-backup-10'));
  expect(await fleet.find('innkeeper-test-backup-10', watching())).toMatchObject({ id });
  for (const name of ['innkeeper-test-backup-1', 'innkeeper-test-backup-100', id, 'x'])
    expect(await fleet.find(name, watching())).toBeUndefined();
};

const knowsNoOther: FleetBehaviour = async ({ fleet, names }) => {
  const { name } = await started(fleet, orderOf('innkeeper-test-backup-1'));
  for (const id of ['9007199254740991', 'nothing-of-ours', '', '../x', name]) {
    await fleet.destroy(id, watching());
    expect([id, await codeOf(fleet.ready(id, watching()))]).toEqual([id, 'SERVER_NOT_STARTED']);
  }
  expect(await names()).toEqual([name]);
};

const takesNamesOfAnyLength: FleetBehaviour = async ({ fleet, names }) => {
  const name = `innkeeper-${'x'.repeat(53)}`;
  const long = { [`a${'b'.repeat(61)}c`]: `1${'._-'.repeat(20)}.9`, empty: '' };
  await started(fleet, orderOf(name, long));
  expect(await fleet.list(long, watching())).toMatchObject([{ name, labels: long }]);
  expect(await names()).toEqual([name]);
};

const saysWhatIsWrong: FleetBehaviour = async ({ fleet, trouble, names, capabilities }) => {
  for (const code of capabilities.failures) {
    await trouble?.(code);
    const failure = await failureOf(fleet.create(orderOf('innkeeper-test-backup-1'), watching()));
    expect(failure.code).toBe(code);
    if (code === 'FLEET_THROTTLED') expect(failure.retryAfterMs).toBeGreaterThan(0);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(TOKEN_OF_ORDER);
    expect(await names()).toEqual([]);
    await trouble?.(undefined);
  }
  await fleet.create(orderOf('innkeeper-test-backup-1'), watching());
  expect(await names()).toEqual(['innkeeper-test-backup-1']);
};

const stopsWhenTold: FleetBehaviour = async ({ fleet, names }) => {
  const reason = new Error('enough');
  const stopped = watching(AbortSignal.abort(reason));
  const { id, name } = await started(fleet, orderOf('innkeeper-test-backup-1'));
  const asked = [
    fleet.create(orderOf('innkeeper-test-backup-2'), stopped),
    fleet.ready(id, stopped),
    fleet.find(name, stopped),
    fleet.list(OURS, stopped),
    fleet.destroy(id, stopped),
  ];
  for (const each of asked) await expect(each).rejects.toBe(reason);
  expect(await names()).toEqual([name]);
};

const stopsWhileItWaits: FleetBehaviour = async ({ fleet, holdStart, holdLeaving, names }) => {
  if (!holdStart || !holdLeaving) return;
  const reason = new Error('enough');
  const [start, leaving] = [await holdStart(), await holdLeaving()];
  const { id, name } = await fleet.create(orderOf('innkeeper-test-backup-1'), watching());
  const waits: readonly ((watch: FleetWatch) => Promise<unknown>)[] = [
    (watch) => fleet.ready(id, watch),
    (watch) => fleet.destroy(id, watch),
  ];
  for (const wait of waits) {
    const stop = new AbortController();
    const waiting = wait(watching(stop.signal));
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  }
  expect(await names()).toEqual([name]);
  await start.release();
  await leaving.release();
};

export const fleetBehaviours: Readonly<Record<string, FleetBehaviour>> = {
  ...fleetLifeBehaviours,
  'lists servers with all of the labels, and no other': listsOursAlone,
  'lists them oldest first, however many there are': listsAll,
  'finds a server by its whole name': findsByWholeName,
  'destroys nothing by an id that is none': knowsNoOther,
  'takes names and labels of any length that is allowed': takesNamesOfAnyLength,
  'says what is wrong, and nothing that a server is told': saysWhatIsWrong,
  'does nothing once it is told to stop': stopsWhenTold,
  'stops to wait when it is told to': stopsWhileItWaits,
};

/** What a fleet cannot show is said in its harness, and then it has no handle for it. */
const honest: FleetBehaviour = async (harness) => {
  const { startsLate, leavesLate, protects, losesAnswers, failures, many } = harness.capabilities;
  const handles = [
    [startsLate, harness.holdStart],
    [leavesLate, harness.holdLeaving],
    [protects, harness.protect],
    [losesAnswers, harness.loseAnswer],
    [failures.length > 0 || { not: 'no failures' }, harness.trouble],
  ] as const;
  for (const [ability, handle] of handles) {
    if (ability !== true) expect(ability.not).not.toBe('');
    expect(handle !== undefined).toBe(ability === true);
  }
  expect(many).toBeGreaterThan(1);
};

export const serverFleetContract = (adapter: string, make: MakeFleet): void => {
  describe(`server fleet on ${adapter}`, () => {
    const all = { ...fleetBehaviours, 'has a handle for each of its abilities': honest };
    it.each(Object.entries(all))('%s', async (_title, behaviour) => {
      const harness = await make();
      try {
        await behaviour(harness);
      } finally {
        await harness.dispose();
      }
    });
  });
};
