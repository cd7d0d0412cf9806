import { afterEach, describe, expect, it } from '@jest/globals';

import { asFault, Secret, type Fault } from '#libs/kernel';
import type { FleetWatch, ServerOrder } from '#libs/ports/server-fleet';
import type { HetznerCall, HetznerMachine } from '#libs/testing';

import { hetznerWorld, type HetznerWorld } from './hetzner-harness.js';

const opened: HetznerWorld[] = [];
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

const watch: FleetWatch = { signal: new AbortController().signal };
const labels = { 'innkeeper-environment': 'test', 'innkeeper-run': 'run-1' };
const order: ServerOrder = { name: 'innkeeper-test-backup-1', labels, userData: new Secret('x') };
const MINUTE_MS = 60_000;

const failureOf = async (work: Promise<unknown>): Promise<Fault> => {
  const failure = await work.then(() => undefined, asFault);
  if (!failure) throw new Error('it did not fail');
  return failure;
};

interface OrderedWorld extends HetznerWorld {
  readonly id: string;
  readonly machine: HetznerMachine;
  readonly calls: (call: HetznerCall) => number;
}

const ordered = async (startMs = 0, startFails = false): Promise<OrderedWorld> => {
  const world = await hetznerWorld();
  opened.push(world);
  Object.assign(world.fake.state, { startMs, startFails });
  const { id } = await world.fleet.create(order, watch);
  const machine = world.fake.machine(order.name);
  if (!machine) throw new Error('it was not made');
  const calls = (call: HetznerCall) => world.fake.heard.filter((each) => each.call === call).length;
  return { ...world, id, machine, calls };
};

describe('waiting until a server runs', () => {
  it('takes no action that runs for one that failed, though it carries an error', async () => {
    const { fleet, fake, time, id } = await ordered(30_000);
    const since = time.now();
    expect(await fleet.ready(id, watch)).toMatchObject({ status: 'running' });
    expect(time.now() - since).toBeGreaterThanOrEqual(30_000);
    expect(fake.machine(order.name)?.hasBooted).toBe(true);
  });

  it('looks less often the longer it takes', async () => {
    const { fleet, time, id, calls } = await ordered(4 * MINUTE_MS);
    const since = time.now();
    await fleet.ready(id, watch);
    expect(time.now() - since).toBeLessThan(4 * MINUTE_MS + 10_000);
    expect(calls('GET /servers/:id')).toBeLessThan(60);
  });

  it('ends where an action of it has failed', async () => {
    const { fleet, time, id } = await ordered(10_000, true);
    const since = time.now();
    const failure = await failureOf(fleet.ready(id, watch));
    expect(failure).toMatchObject({
      code: 'SERVER_NOT_STARTED',
      details: { reason: 'start_server' },
    });
    expect(time.now() - since).toBeLessThan(MINUTE_MS);
  });

  it('ends where the private network was not joined, though the server runs', async () => {
    const { fleet, fake, id, machine } = await ordered();
    fake.state.addAction({
      ...{ command: 'attach_to_network', machine: machine.id, ms: 0 },
      failsWith: 'no_subnet_available',
    });
    const failure = await failureOf(fleet.ready(id, watch));
    expect(failure.details).toEqual({ reason: 'attach_to_network' });
  });

  it('waits for the private network, though the server runs', async () => {
    const { fleet, fake, time, id, machine } = await ordered();
    const since = time.now();
    fake.state.addAction({ command: 'attach_to_network', machine: machine.id, ms: 20_000 });
    await fleet.ready(id, watch);
    expect(time.now() - since).toBeGreaterThanOrEqual(20_000);
  });

  it('is not misled by what somebody did to the server later', async () => {
    const { fleet, fake, id, machine } = await ordered();
    fake.state.addAction({ command: 'create_image', machine: machine.id, ms: 0, failsWith: 'x' });
    expect(await fleet.ready(id, watch)).toMatchObject({ status: 'running' });
  });

  it('goes on while Hetzner is away, busy or garbled', async () => {
    const { fleet, fake, id } = await ordered(20_000);
    for (const what of ['unavailable', 'lost', 'garbage', 'rate_limit_exceeded'] as const) {
      fake.fail('GET /servers/:id', what);
      fake.fail('GET /servers/:id/actions', what);
    }
    expect(await fleet.ready(id, watch)).toMatchObject({ status: 'running' });
  });

  it('says in the end that Hetzner was away, not that the server did not start', async () => {
    const { fleet, fake, id } = await ordered();
    fake.down = 'unavailable';
    expect((await failureOf(fleet.ready(id, watch))).code).toBe('FLEET_UNREACHABLE');
    fake.down = 'unauthorized';
    expect((await failureOf(fleet.ready(id, watch))).code).toBe('FLEET_ACCESS_DENIED');
  });

  it('has an end', async () => {
    const { fleet, time, id } = await ordered(Infinity);
    const since = time.now();
    expect((await failureOf(fleet.ready(id, watch))).code).toBe('SERVER_NOT_STARTED');
    expect(time.now() - since).toBeLessThanOrEqual(10 * MINUTE_MS);
  });

  it('does not take a server for ended that is off before its first start', async () => {
    const { fleet, id, machine } = await ordered(20_000);
    machine.isOff = true;
    expect(await fleet.list(labels, watch)).toMatchObject([{ id, status: 'starting' }]);
    machine.isOff = false;
    await fleet.ready(id, watch);
    machine.isOff = true;
    expect(await fleet.list(labels, watch)).toMatchObject([{ id, status: 'off' }]);
  });
});

describe('destroying a server', () => {
  it('is asked for once, and waits until the server is gone', async () => {
    const { fleet, fake, time, id, calls } = await ordered();
    fake.state.leaveMs = 30_000;
    const since = time.now();
    await fleet.destroy(id, watch);
    expect(calls('DELETE /servers/:id')).toBe(1);
    expect(time.now() - since).toBeGreaterThanOrEqual(30_000);
    expect(fake.machines).toEqual([]);
  });

  it('is tried again while something else holds the server', async () => {
    const { fleet, fake, time, id, machine } = await ordered();
    machine.lockedUntil = time.now() + MINUTE_MS;
    await fleet.destroy(id, watch);
    expect(fake.machines).toEqual([]);
  });

  it('is given up after two minutes where it cannot be, and works when it can', async () => {
    const { fleet, fake, time, id, machine } = await ordered();
    machine.lockedUntil = time.now() + 60 * MINUTE_MS;
    const since = time.now();
    expect((await failureOf(fleet.destroy(id, watch))).code).toBe('FLEET_UNREACHABLE');
    expect(time.now() - since).toBeLessThanOrEqual(2 * MINUTE_MS);
    expect(fake.machines).toHaveLength(1);
    time.pass(60 * MINUTE_MS);
    await fleet.destroy(id, watch);
    expect(fake.machines).toEqual([]);
  });

  it('is asked for again where its action failed', async () => {
    const { fleet, fake, id, calls } = await ordered();
    fake.state.deletionsFail = 2;
    await fleet.destroy(id, watch);
    expect(fake.machines).toEqual([]);
    expect(calls('DELETE /servers/:id')).toBe(3);
  });

  it('goes on though Hetzner is away, busy, garbled or slow to say so', async () => {
    const { fleet, fake, id } = await ordered();
    for (const what of ['reset', 'unavailable', 'rate_limit_exceeded', 'conflict'] as const)
      fake.fail('DELETE /servers/:id', what);
    fake.fail('GET /servers/:id', 'garbage');
    await fleet.destroy(id, watch);
    expect(fake.machines).toEqual([]);
  });

  it('does not believe an answer without a server', async () => {
    const { fleet, fake, id } = await ordered();
    fake.state.leaveMs = Infinity;
    fake.fail('GET /servers/:id', 'garbage', 1_000);
    expect((await failureOf(fleet.destroy(id, watch))).code).toBe('FLEET_UNREACHABLE');
    expect(fake.machines).toHaveLength(1);
  });

  it('asks for nothing where it may not', async () => {
    const { fleet, fake, id, machine, calls } = await ordered();
    machine.isProtected = true;
    expect((await failureOf(fleet.destroy(id, watch))).code).toBe('SERVER_PROTECTED');
    fake.down = 'token_readonly';
    expect((await failureOf(fleet.destroy(id, watch))).code).toBe('FLEET_ACCESS_DENIED');
    expect(calls('DELETE /servers/:id')).toBe(2);
    expect(fake.machines).toHaveLength(1);
  });

  it('calls for no id that is none of Hetzner’s', async () => {
    const { fleet, fake } = await ordered();
    fake.heard.splice(0);
    for (const id of ['', '0', '-1', '1.5', '1/../2', 'x', '1'.repeat(16)])
      await fleet.destroy(id, watch);
    expect(fake.heard).toEqual([]);
  });
});

describe('hooks of the fake', () => {
  it('boot each server once with what it is told, and end it', async () => {
    const seen: string[] = [];
    const world = await hetznerWorld(undefined, {
      onBoot: ({ name }, userData) => void seen.push(`boot ${name} ${userData}`),
      onDestroy: ({ name }) => void seen.push(`end ${name}`),
    });
    opened.push(world);
    world.fake.state.startMs = 5_000;
    const { id } = await world.fleet.create(order, watch);
    expect(seen).toEqual([]);
    await world.fleet.ready(id, watch);
    await world.fleet.ready(id, watch);
    expect(seen).toEqual([`boot ${order.name} x`]);
    await world.fleet.destroy(id, watch);
    expect(seen).toEqual([`boot ${order.name} x`, `end ${order.name}`]);
  });
});
