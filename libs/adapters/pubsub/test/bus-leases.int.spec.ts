import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { HANG_MS, describePeer, type Emulator } from '#libs/testing';
import { again, Consumer, declare, done, numbered, text, untilTogether } from '#suites/bus';

import { pubsubBus, type PubsubBus } from '../src/index.js';

describePeer('pubsub-fake', 'the bus on Pub/Sub and its leases', (peer) => {
  const harness = { patienceMs: HANG_MS };
  let emulator: Emulator;
  let bus: PubsubBus;
  let beside: PubsubBus;

  beforeAll(async () => {
    emulator = await peer.start();
    const open = () =>
      pubsubBus({ projectId: 'leases', environment: 'test', emulatorHost: emulator.host });
    bus = open();
    beside = open();
  }, 30_000);
  afterAll(async () => {
    await Promise.all([bus.close(), beside.close()]);
    await emulator.stop();
  });

  it('keeps a message for as long as its handler works, beyond the ack deadline', async () => {
    const { topic, all, subscriptions } = declare(['a'], { ackDeadlineSeconds: 1 });
    await bus.create(all, subscriptions);
    const consumer = await Consumer.start(harness, bus, subscriptions[0], async () => {
      await delay(2_500);
      return done;
    });
    await bus.publish(topic, [text('long')]);
    await consumer.untilSeen('long');
    await consumer.consumption.close();
    const next = await Consumer.start(harness, beside, subscriptions[0]);
    await delay(1_500);
    expect(consumer.bodies).toEqual(['long']);
    expect(next.bodies).toEqual([]);
  }, 30_000);

  it('counts attempts where the server does not: without a dead-letter policy', async () => {
    const { topic, subscriptions } = declare();
    const { deadLetter: _without, ...keeper } = subscriptions[0];
    await bus.create([topic], [keeper]);
    const consumer = await Consumer.start(harness, bus, keeper, ({ attempt }) =>
      attempt < 3 ? again() : done,
    );
    await bus.publish(topic, [text('stubborn')]);
    await consumer.until('for the third attempt', ({ seen }) => seen.length === 3);
    expect(consumer.seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  }, 30_000);

  it('lets two processes share the work, and takes no more than it will soon handle', async () => {
    const { topic, all, subscriptions } = declare(['a'], { batch: 5 });
    await bus.create(all, subscriptions);
    const slowly = async () => {
      await delay(20);
      return done;
    };
    const first = await Consumer.start(harness, bus, subscriptions[0], slowly);
    const second = await Consumer.start(harness, beside, subscriptions[0], slowly);
    await bus.publish(topic, numbered(100).map(text));
    const both = [first, second];
    await untilTogether(
      harness,
      both,
      'for all',
      () => first.seen.length + second.seen.length >= 100,
    );
    expect([...first.bodies, ...second.bodies].sort()).toEqual(numbered(100).sort());
    for (const { seen } of both) expect(seen.length).toBeGreaterThan(20);
  }, 30_000);

  it('publishes more than one request can carry', async () => {
    const { topic, all, subscriptions } = declare(['a'], { batch: 500 });
    await bus.create(all, subscriptions);
    const consumer = await Consumer.start(harness, bus, subscriptions[0]);
    const large = { data: new Uint8Array(4 * 1024 * 1024), attributes: { size: 'large' } };
    await bus.publish(topic, [...numbered(1_500).map(text), large, large, large]);
    await consumer.until('for all', ({ seen }) => seen.length >= 1_503);
    expect(new Set(consumer.seen.map(({ id }) => id)).size).toBe(1_503);
  }, 30_000);
});
