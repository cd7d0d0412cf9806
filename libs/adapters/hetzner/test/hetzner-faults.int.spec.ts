import { inspect } from 'node:util';

import { afterEach, describe, expect, it } from '@jest/globals';

import type { HetznerFleetOptions } from '#libs/adapters/hetzner';
import { asFault, Secret, type Code, type Fault } from '#libs/kernel';
import type { FleetWatch, ServerFleet, ServerOrder } from '#libs/ports/server-fleet';
import type { FakeHetznerOptions, HetznerCall, HetznerTrouble } from '#libs/testing';

import { hetznerWorld, type HetznerWorld } from './hetzner-harness.js';

const opened: HetznerWorld[] = [];
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});
const open = async (options?: FakeHetznerOptions): Promise<HetznerWorld> => {
  const world = await hetznerWorld(undefined, options);
  opened.push(world);
  return world;
};

const watch: FleetWatch = { signal: new AbortController().signal };
const labels = { 'innkeeper-environment': 'test', 'innkeeper-run': 'run-1' };
const order: ServerOrder = { name: 'innkeeper-test-backup-1', labels, userData: new Secret('x') };

const failureOf = async (work: Promise<unknown>): Promise<Fault> => {
  const failure = await work.then(() => undefined, asFault);
  if (!failure) throw new Error('it did not fail');
  return failure;
};
const posts = ({ fake }: HetznerWorld) => fake.heard.filter(({ call }) => call === 'POST /servers');
const bodies = (world: HetznerWorld) =>
  posts(world).map(({ body }) => JSON.parse(body) as Record<string, unknown>);

describe('an order to Hetzner', () => {
  it('has a key, both addresses, the network and the labels', async () => {
    const world = await open();
    await world.fleet.create(order, watch);
    expect(bodies(world)).toEqual([
      {
        ...{ name: order.name, labels, user_data: 'x', image: world.fake.snapshot },
        ...{ server_type: 'cpx31', location: 'fsn1', ssh_keys: ['operator'], networks: [4711] },
        public_net: { enable_ipv4: true, enable_ipv6: true },
        start_after_create: true,
      },
    ]);
  });

  it('names no network where none is wanted', async () => {
    const world = await open();
    const made = await world.openWithoutNetwork().create(order, watch);
    expect(bodies(world)[0]).not.toHaveProperty('networks');
    expect(made.addresses).toEqual(['198.51.100.1', '2001:db8:0:1::/64']);
  });

  it('answers with addresses, kind, place and what an hour costs there', async () => {
    const { fleet, fake } = await open();
    fake.state.soldOut.add('cpx31/fsn1');
    const { id } = await fleet.create(order, watch);
    const ready = await fleet.ready(id, watch);
    expect(ready).toMatchObject({ type: 'cpx31', location: 'nbg1' });
    expect(ready.addresses).toEqual([
      '198.51.100.1',
      '2001:db8:0:1::/64',
      expect.stringMatching(/^10\.0\.1\.\d+$/),
    ]);
    // 2.6 cents net in Nuremberg.
    expect(ready.centsPerHour).toBeCloseTo(3.094, 6);
  });

  it('goes on to the next type and place where one is sold out or full', async () => {
    const world = await open();
    world.fake.state.soldOut.add('cpx31/fsn1');
    world.fake.state.unplaced.add('cpx31/nbg1');
    const made = await world.fleet.create(order, watch);
    expect(made).toMatchObject({ type: 'cpx41', location: 'fsn1' });
    expect(bodies(world)).toMatchObject([
      { server_type: 'cpx31', location: 'fsn1' },
      { server_type: 'cpx31', location: 'nbg1' },
      { server_type: 'cpx41', location: 'fsn1' },
    ]);
    world.fake.state.unplaced.add('cpx31').add('cpx41');
    const other = { ...order, name: 'innkeeper-test-backup-2' };
    expect((await failureOf(world.fleet.create(other, watch))).code).toBe('SERVER_SOLD_OUT');
    expect(posts(world)).toHaveLength(3 + 4);
  });

  it('takes the newest snapshot of a label that is ready', async () => {
    const world = await open();
    const { state } = world.fake;
    const fleet = world.open({ image: 'role=backup-agent' });
    world.time.pass(1_000);
    const newest = state.addSnapshot({ labels: { role: 'backup-agent' } });
    world.time.pass(1_000);
    state.addSnapshot({ labels: { role: 'backup-agent' }, status: 'creating' });
    state.addSnapshot({ labels: { role: 'other' } });
    await fleet.create(order, watch);
    expect(bodies(world)).toMatchObject([{ image: String(newest.id) }]);
    const missing = world.open({ image: 'role=nobody' });
    const failure = await failureOf(missing.create({ ...order, name: 'x' }, watch));
    expect(failure.code).toBe('SERVER_IMAGE_MISSING');
    expect(posts(world)).toHaveLength(1);
  });

  it.each<[string, Partial<HetznerFleetOptions>, Code]>([
    ['an image by id', { image: '4' }, 'SERVER_IMAGE_MISSING'],
    ['an image by name', { image: 'no-such-image' }, 'SERVER_IMAGE_MISSING'],
    ['a key', { sshKey: 'nobody' }, 'SERVER_REFUSED'],
    ['a network', { network: 5 }, 'SERVER_REFUSED'],
    ['a type', { serverTypes: ['cpx99'] }, 'SERVER_REFUSED'],
    ['a place', { locations: ['mars'] }, 'SERVER_REFUSED'],
  ])('says that Hetzner does not know %s', async (_title, more, code) => {
    const world = await open();
    expect((await failureOf(world.open(more).create(order, watch))).code).toBe(code);
    expect(posts(world)).toHaveLength(1);
  });

  it.each<[string, Partial<ServerOrder>]>([
    ['a name of 64', { name: 'x'.repeat(64) }],
    ['a name in capitals', { name: 'Backup' }],
    ['a label with a colon', { labels: { at: '2026-12-01T00:00:00Z' } }],
    ['a key of a label that ends oddly', { labels: { 'key-': 'x' } }],
    ['user data over 32 KiB', { userData: new Secret('ä'.repeat(16 * 1024) + 'x') }],
  ])('is not sent with %s', async (_title, more) => {
    const world = await open();
    const failure = await failureOf(world.fleet.create({ ...order, ...more }, watch));
    expect(failure.code).toBe('SERVER_REFUSED');
    expect(world.fake.heard).toEqual([]);
  });

  it('may tell a server 32 KiB', async () => {
    const { fleet, fake } = await open();
    const text = 'ä'.repeat(16 * 1024);
    await fleet.create({ ...order, userData: new Secret(text) }, watch);
    expect(fake.machine(order.name)?.userData).toBe(text);
  });

  it.each<HetznerTrouble>(['lost', 'garbage'])(
    'looks for the server before it orders again when the answer is %s',
    async (trouble) => {
      const world = await open();
      world.fake.fail('POST /servers', trouble);
      const made = await world.fleet.create(order, watch);
      expect(made).toMatchObject({ name: order.name, labels });
      expect(world.fake.heard.map(({ call }) => call)).toEqual(['POST /servers', 'GET /servers']);
      expect(world.fake.state.made).toBe(1);
    },
  );

  it('looks for the server when no answer came in time', async () => {
    const world = await open();
    world.fake.fail('POST /servers', 'late');
    // Only what must be slow is: nothing else in this test has so little time.
    const [slow, patient] = [world.open({ limits: { callMs: 300 } }), world.fleet];
    const made = await slow.create(order, watch).catch(() => patient.create(order, watch));
    expect(made.name).toBe(order.name);
    expect(world.fake.state.made).toBe(1);
  });

  const passing: readonly HetznerTrouble[] = [
    ...(['reset', 'server_error', 'unavailable', 'timeout'] as const),
    ...(['maintenance', 'service_error', 'conflict', 'locked'] as const),
  ];
  it.each(passing)('is sent again after %s, and no more than three times', async (trouble) => {
    const world = await open();
    world.fake.fail('POST /servers', trouble, 2);
    expect(await world.fleet.create(order, watch)).toMatchObject({ name: order.name });
    world.fake.fail('POST /servers', trouble, 3);
    const other = { ...order, name: 'innkeeper-test-backup-2' };
    const failure = await failureOf(world.fleet.create(other, watch));
    expect(failure.code).toBe('FLEET_UNREACHABLE');
    expect(posts(world)).toHaveLength(6);
  });

  it('is somebody else’s where the answer was lost and the name had been taken', async () => {
    const { fleet, fake } = await open();
    fake.addStranger(order.name, { ...labels, 'innkeeper-run': 'run-0' });
    fake.fail('POST /servers', 'reset');
    expect((await failureOf(fleet.create(order, watch))).code).toBe('SERVER_NAME_TAKEN');
    expect(fake.machines).toHaveLength(1);
  });
});

describe('a list of servers', () => {
  it('asks for labels, and believes nothing that has others', async () => {
    const { fleet, fake } = await open();
    const { id } = await fleet.create(order, watch);
    fake.addStranger('somebody-elses', { 'innkeeper-environment': 'production' });
    fake.heard.splice(0);
    fake.state.ignoresSelectors = true;
    expect(await fleet.list(labels, watch)).toMatchObject([{ id }]);
    expect(fake.heard.map(({ query }) => query.get('label_selector'))).toEqual([
      'innkeeper-environment=test,innkeeper-run=run-1',
    ]);
    fake.heard.splice(0);
    expect(await fleet.find('innkeeper-test-backup', watch)).toBeUndefined();
    expect(await fleet.find(order.name, watch)).toMatchObject({ id });
    expect(fake.heard.map(({ query }) => query.get('name'))).toEqual([
      'innkeeper-test-backup',
      order.name,
    ]);
  });
});

describe('what Hetzner answers', () => {
  it.each<[HetznerTrouble, Code]>([
    ['unauthorized', 'FLEET_ACCESS_DENIED'],
    ['forbidden', 'FLEET_ACCESS_DENIED'],
    ['token_readonly', 'FLEET_ACCESS_DENIED'],
    ['resource_limit_exceeded', 'SERVER_LIMIT_REACHED'],
    ['rate_limit_exceeded', 'FLEET_THROTTLED'],
    ['json_error', 'SERVER_REFUSED'],
    ['invalid_input', 'SERVER_REFUSED'],
    ['deprecated_api_endpoint', 'SERVER_REFUSED'],
  ])('to an order with %s is %s', async (trouble, code) => {
    const world = await open();
    world.fake.fail('POST /servers', trouble);
    expect((await failureOf(world.fleet.create(order, watch))).code).toBe(code);
  });

  const reads: readonly [HetznerCall, (fleet: ServerFleet) => Promise<unknown>][] = [
    ['GET /servers', (fleet) => fleet.find(order.name, watch)],
    ['GET /servers', (fleet) => fleet.list(labels, watch)],
  ];
  it.each<[HetznerTrouble, Code]>([
    ['unauthorized', 'FLEET_ACCESS_DENIED'],
    ['rate_limit_exceeded', 'FLEET_THROTTLED'],
    ['server_error', 'FLEET_UNREACHABLE'],
    ['lost', 'FLEET_UNREACHABLE'],
    ['garbage', 'FLEET_UNREACHABLE'],
    ['deprecated_api_endpoint', 'DEFECT_UNKNOWN'],
  ])('to a question with %s is %s, and it is not asked again', async (trouble, code) => {
    const { fleet, fake } = await open();
    for (const [call, read] of reads) {
      fake.heard.splice(0);
      fake.fail(call, trouble);
      expect((await failureOf(read(fleet))).code).toBe(code);
      expect(fake.heard).toHaveLength(1);
    }
  });

  it('too late is no answer', async () => {
    const { open: reopen, fake } = await open();
    fake.down = 'silent';
    const failure = await failureOf(reopen({ limits: { callMs: 50 } }).list(labels, watch));
    expect(failure).toMatchObject({ code: 'FLEET_UNREACHABLE', details: { reason: 'too_slow' } });
  });

  it('never comes to one who stops waiting, and then the reason is his', async () => {
    const { fleet, fake } = await open();
    fake.down = 'silent';
    const stop = new AbortController();
    const asked = fleet.list(labels, { signal: stop.signal });
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });

  it('comes from nowhere when nobody listens', async () => {
    const world = await hetznerWorld();
    await world.close();
    expect((await failureOf(world.fleet.list(labels, watch))).code).toBe('FLEET_UNREACHABLE');
  });

  it.each([
    [3600, 1_000],
    [360, 10_000],
    [36_000, 1_000],
  ])('to too many calls says when the next one is let in, of %d an hour', async (limit, ms) => {
    const { fleet, fake } = await open({ callsPerHour: limit });
    await fleet.list(labels, watch);
    fake.tokens.drain();
    const failure = await failureOf(fleet.list(labels, watch));
    expect(failure).toMatchObject({ code: 'FLEET_THROTTLED' });
    expect(failure.retryAfterMs).toBeGreaterThanOrEqual(ms);
    expect(failure.retryAfterMs).toBeLessThanOrEqual(ms + 1_000);
  });

  it('holds neither token nor user data in what is thrown', async () => {
    const { fake, open: reopen } = await open();
    const token = new Secret('hcloud-token-that-nobody-may-see');
    const fleet = reopen({ token });
    const userData = new Secret('one-time-token-of-a-run');
    const said: string[] = [];
    for (const what of [
      'unauthorized',
      'garbage',
      'lost',
      'server_error',
      'invalid_input',
    ] as const) {
      fake.down = what;
      for (const ask of [
        () => fleet.create({ ...order, userData }, watch),
        () => fleet.list({}, watch),
      ])
        said.push(inspect(await failureOf(ask()), { depth: 20, showHidden: true }));
    }
    expect(said).toHaveLength(10);
    expect(said.join()).not.toContain(token.reveal());
    expect(said.join()).not.toContain(userData.reveal());
    // The page that stood in the place of an answer, and what Hetzner says in words.
    for (const words of ['Maya', 'fake:']) expect(said.join()).not.toContain(words);
  });
});
