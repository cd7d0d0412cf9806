import { expect } from '@jest/globals';

import {
  codeOf,
  orderOf,
  OURS,
  started,
  TOKEN_OF_ORDER,
  watching,
  type FleetBehaviour,
} from './server-fleet-harness.contract.js';

const makesWhatWasOrdered: FleetBehaviour = async ({ fleet, names, toldTo }) => {
  const order = orderOf('innkeeper-test-backup-1');
  const made = await fleet.create(order, watching());
  expect(made).toMatchObject({ name: order.name, labels: OURS, isProtected: false });
  expect(made.id).not.toBe('');
  const running = await fleet.ready(made.id, watching());
  expect(running).toMatchObject({ id: made.id, name: order.name, labels: OURS, status: 'running' });
  expect(running.createdAt).toBeGreaterThan(0);
  for (const text of [running.type, running.location]) expect(text).not.toBe('');
  expect(running.addresses.length).toBeGreaterThan(0);
  expect(running.centsPerHour ?? 1).toBeGreaterThan(0);
  expect(await toldTo(order.name)).toBe(order.userData.reveal());
  expect(await names()).toEqual([order.name]);
};

const isOneByName: FleetBehaviour = async ({ fleet, again, names }) => {
  const order = orderOf('innkeeper-test-backup-1');
  const other = await again();
  const all = await Promise.all([
    fleet.create(order, watching()),
    other.create(order, watching()),
    fleet.create(order, watching()),
  ]);
  const later = await (await again()).create(order, watching());
  expect(new Set([...all, later].map(({ id }) => id)).size).toBe(1);
  expect(await names()).toEqual([order.name]);
};

const keepsNamesApart: FleetBehaviour = async ({ fleet, names }) => {
  const theirs = orderOf('innkeeper-test-backup-1');
  const { id } = await started(fleet, theirs);
  const others: readonly Readonly<Record<string, string>>[] = [
    { ...OURS, 'innkeeper-run': 'run-2' },
    { 'innkeeper-environment': 'test' },
    { ...OURS, 'innkeeper-expires': '1764547200' },
    {},
  ];
  for (const labels of others)
    expect(await codeOf(fleet.create(orderOf(theirs.name, labels), watching()))).toBe(
      'SERVER_NAME_TAKEN',
    );
  expect(await names()).toEqual([theirs.name]);
  expect(await fleet.find(theirs.name, watching())).toMatchObject({ id, labels: OURS });
};

const losesNoServer: FleetBehaviour = async ({ fleet, names, loseAnswer }) => {
  if (!loseAnswer) return;
  const order = orderOf('innkeeper-test-backup-1');
  await loseAnswer('create');
  expect(['none', 'FLEET_UNREACHABLE']).toContain(await codeOf(fleet.create(order, watching())));
  const { id } = await fleet.create(order, watching());
  expect(await names()).toEqual([order.name]);
  await loseAnswer('destroy');
  expect(['none', 'FLEET_UNREACHABLE']).toContain(await codeOf(fleet.destroy(id, watching())));
  await fleet.destroy(id, watching());
  expect(await names()).toEqual([]);
};

const waitsUntilItRuns: FleetBehaviour = async ({ fleet, holdStart }) => {
  if (!holdStart) return;
  const held = await holdStart();
  const made = await fleet.create(orderOf('innkeeper-test-backup-1'), watching());
  expect(made.status).toBe('starting');
  expect(await fleet.find(made.name, watching())).toMatchObject({ status: 'starting' });
  const ready = fleet.ready(made.id, watching());
  await held.release();
  expect(await ready).toMatchObject({ id: made.id, status: 'running' });
};

const saysThatItDidNotStart: FleetBehaviour = async ({ fleet, startNothing, end }) => {
  const running = await started(fleet, orderOf('innkeeper-test-backup-1'));
  await end(running.name);
  expect(await codeOf(fleet.ready(running.id, watching()))).toBe('SERVER_NOT_STARTED');
  await fleet.destroy(running.id, watching());
  expect(await codeOf(fleet.ready(running.id, watching()))).toBe('SERVER_NOT_STARTED');
  await startNothing();
  const { id } = await fleet.create(orderOf('innkeeper-test-backup-2'), watching());
  expect(await codeOf(fleet.ready(id, watching()))).toBe('SERVER_NOT_STARTED');
  await fleet.destroy(id, watching());
};

const keepsWhatEnded: FleetBehaviour = async ({ fleet, again, end, names }) => {
  const order = orderOf('innkeeper-test-backup-1');
  const { id } = await started(fleet, order);
  await end(order.name);
  const off = { id, name: order.name, labels: OURS, status: 'off' };
  expect(await fleet.find(order.name, watching())).toMatchObject(off);
  expect(await (await again()).list(OURS, watching())).toMatchObject([off]);
  expect(await fleet.create(order, watching())).toMatchObject(off);
  await fleet.destroy(id, watching());
  expect(await names()).toEqual([]);
};

const destroysOnceOrTwice: FleetBehaviour = async ({ fleet, again, names }) => {
  const kept = await started(fleet, orderOf('innkeeper-test-backup-2'));
  const order = orderOf('innkeeper-test-backup-1');
  const { id } = await started(fleet, order);
  await fleet.destroy(id, watching());
  expect(await names()).toEqual([kept.name]);
  expect(await fleet.find(order.name, watching())).toBeUndefined();
  expect(await fleet.list(OURS, watching())).toMatchObject([{ id: kept.id }]);
  await fleet.destroy(id, watching());
  await (await again()).destroy(id, watching());
  const next = await fleet.create(orderOf(order.name, { other: 'run' }), watching());
  expect(next.id).not.toBe(id);
  await fleet.destroy(id, watching());
  expect([...(await names())].sort()).toEqual([order.name, kept.name]);
};

const destroysWhatStarts: FleetBehaviour = async ({ fleet, holdStart, names }) => {
  const held = await holdStart?.();
  const { id } = await fleet.create(orderOf('innkeeper-test-backup-1'), watching());
  const gone = fleet.destroy(id, watching());
  await held?.release();
  await gone;
  expect(await names()).toEqual([]);
};

const saysGoneWhenItIs: FleetBehaviour = async ({ fleet, holdLeaving, names }) => {
  if (!holdLeaving) return;
  const { id, name } = await started(fleet, orderOf('innkeeper-test-backup-1'));
  const held = await holdLeaving();
  const still: (readonly string[])[] = [];
  const gone = fleet.destroy(id, watching()).then(async () => still.push(await names()));
  // It has asked the fleet by now or will have; either way the server is there until it is let go.
  expect(await fleet.list(OURS, watching())).toMatchObject([{ id }]);
  expect(await names()).toEqual([name]);
  expect(still).toEqual([]);
  await held.release();
  await gone;
  expect(still).toEqual([[]]);
};

const leavesWhatIsProtected: FleetBehaviour = async ({ fleet, protect, names }) => {
  if (!protect) return;
  const { id, name } = await started(fleet, orderOf('innkeeper-test-backup-1'));
  await protect(name);
  expect(await fleet.list(OURS, watching())).toMatchObject([{ id, isProtected: true }]);
  expect(await codeOf(fleet.destroy(id, watching()))).toBe('SERVER_PROTECTED');
  expect(await names()).toEqual([name]);
};

const isThereAfterARestart: FleetBehaviour = async ({ fleet, again, names, toldTo }) => {
  const { id, name } = await started(fleet, orderOf('innkeeper-test-backup-1'));
  const other = await again();
  expect(await other.find(name, watching())).toMatchObject({ id, status: 'running' });
  expect(await other.ready(id, watching())).toMatchObject({ id, status: 'running' });
  expect(await toldTo(name)).toContain(TOKEN_OF_ORDER);
  await other.destroy(id, watching());
  expect(await names()).toEqual([]);
};

export const fleetLifeBehaviours: Readonly<Record<string, FleetBehaviour>> = {
  'makes a server as it was ordered, with what it is told': makesWhatWasOrdered,
  'makes one server of a name, however often and by however many it is asked': isOneByName,
  'gives the name of another work to nobody': keepsNamesApart,
  'makes and destroys a server once where the answer is lost': losesNoServer,
  'answers an order at once, and is ready when the server runs': waitsUntilItRuns,
  'says that a server did not start: it is off, gone or never runs': saysThatItDidNotStart,
  'still has a server that ended by itself': keepsWhatEnded,
  'destroys a server once or twice, and no other': destroysOnceOrTwice,
  'destroys a server that is still starting': destroysWhatStarts,
  'says that a server is gone when it is': saysGoneWhenItIs,
  'leaves a server that is protected': leavesWhatIsProtected,
  'finds its servers again after a restart': isThereAfterARestart,
};
