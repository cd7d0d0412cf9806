import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  HANG_MS,
  describePeers,
  type Emulator,
  type FoundPeer,
  type ToxicProxy,
  type Toxiproxy,
} from '#libs/testing';
import { Consumer, declare, done, gate, hold, numbered, text } from '#suites/bus';

import { pubsubBus, type PubsubBus } from '../src/index.js';

/** Long, so that a busy machine's own delays are small beside it. */
const TIMEOUT_MS = 3_000;
/** Google's client repeats for a minute unless it is told otherwise. */
const IN_TIME_MS = 10 * TIMEOUT_MS;

const outages = (emulatorPeer: FoundPeer<Emulator>, proxyPeer: FoundPeer<Toxiproxy>): void => {
  const harness = { patienceMs: HANG_MS };
  const { topic, all, subscriptions } = declare(['a'], { batch: 5, ackDeadlineSeconds: 10 });
  let emulator: Emulator;
  let toxiproxy: Toxiproxy;
  let proxy: ToxicProxy;
  let bus: PubsubBus;
  /** Around the proxy: what others do meanwhile. */
  let direct: PubsubBus;

  const connect = (emulatorHost: string) =>
    pubsubBus({ projectId: 'outage', environment: 'test', timeoutMs: TIMEOUT_MS, emulatorHost });
  beforeAll(async () => {
    [emulator, toxiproxy] = await Promise.all([emulatorPeer.start(), proxyPeer.start()]);
    proxy = await toxiproxy.proxyTo(emulator.port);
    bus = connect(proxy.host);
    direct = connect(emulator.host);
    await bus.create(all, subscriptions);
  }, 30_000);
  afterAll(async () => {
    await Promise.all([bus.close(), direct.close()]);
    await Promise.all([emulator.stop(), toxiproxy.stop()]);
  });

  const refusedWithin = async (ms: number): Promise<void> => {
    const since = Date.now();
    await expect(bus.publish(topic, [text('refused')])).rejects.toMatchObject({
      code: 'BUS_UNAVAILABLE',
    });
    expect(Date.now() - since).toBeLessThan(ms);
  };

  it('refuses in time while the server cannot be reached, and publishes again when it can', async () => {
    await bus.publish(topic, [text('before')]);
    await proxy.cut();
    await refusedWithin(IN_TIME_MS);
    // Known to be away: one try, no repetition.
    await refusedWithin(TIMEOUT_MS);
    await proxy.mend();
    const publishes = async (): Promise<void> =>
      bus.publish(topic, [text('after')]).catch(async () => {
        await delay(50);
        return publishes();
      });
    await publishes();
  }, 30_000);

  it('refuses in time when the server no longer answers', async () => {
    const toxic = await proxy.add({ type: 'timeout', attributes: { timeout: 0 } });
    await refusedWithin(IN_TIME_MS);
    await proxy.remove(toxic);
  }, 30_000);

  it('goes on consuming after an outage, with no attempt used up and no outcome lost', async () => {
    const own = declare(['a'], { batch: 5, ackDeadlineSeconds: 10 });
    await direct.create(own.all, own.subscriptions);
    const { passed, open } = gate();
    const consumer = await Consumer.start(harness, bus, own.subscriptions[0], async () => {
      await passed;
      return done;
    });
    await direct.publish(own.topic, [text('in work')]);
    await consumer.untilSeen('in work');
    await direct.publish(own.topic, numbered(30).map(text));
    await delay(300);
    await proxy.cut();
    open();
    await delay(TIMEOUT_MS);
    // What the stream had brought is worked on; its outcomes wait until the server hears them.
    expect(consumer.bodies.length).toBeLessThan(31);
    await proxy.mend();
    await consumer.untilSeen(...numbered(30));
    expect(consumer.seen.map(({ attempt }) => attempt)).toEqual(Array(31).fill(1));
    await consumer.consumption.close();
    const next = await Consumer.start(harness, direct, own.subscriptions[0]);
    // Google's emulator may hand some to the broken stream, so more are sent until one arrives.
    for (let i = 0; next.bodies.length === 0 && i < 100; i++) {
      await direct.publish(own.topic, [text(`marker ${i}`)]);
      await delay(250);
    }
    await delay(500);
    expect(next.bodies.length).toBeGreaterThan(0);
    expect(next.bodies.filter((body) => !body.startsWith('marker'))).toEqual([]);
  }, 90_000);

  it('closes in time while the server is away', async () => {
    const own = declare(['a'], { batch: 5 });
    await direct.create(own.all, own.subscriptions);
    const { passed, open } = gate();
    const consumer = await Consumer.start(harness, bus, own.subscriptions[0], async () => {
      await passed;
      return done;
    });
    await direct.publish(own.topic, [text('in work')]);
    await consumer.untilSeen('in work');
    const toxic = await proxy.add({ type: 'timeout', attributes: { timeout: 0 } });
    const since = Date.now();
    open();
    await consumer.consumption.close();
    expect(Date.now() - since).toBeLessThan(IN_TIME_MS);
    await proxy.remove(toxic);
  }, 30_000);

  it('keeps what it holds through an outage', async () => {
    const own = declare(['a'], { batch: 5, ackDeadlineSeconds: 10 });
    await direct.create(own.all, own.subscriptions);
    let away = true;
    const consumer = await Consumer.start(harness, bus, own.subscriptions[0], () =>
      away ? hold : done,
    );
    await direct.publish(own.topic, [text('held')]);
    await consumer.untilSeen('held');
    await proxy.cut();
    await delay(500);
    await proxy.mend();
    away = false;
    consumer.consumption.resume();
    await consumer.until('for it again', ({ seen }) => seen.length === 2);
    expect(consumer.seen.map(({ attempt }) => attempt)).toEqual([1, 1]);
    await consumer.consumption.close();
  }, 60_000);
};

describe('the bus on Pub/Sub in an outage', () => {
  describePeers(['pubsub', 'toxiproxy'], 'Google’s Pub/Sub emulator, cut off', outages);
  describePeers(['pubsub-fake', 'toxiproxy'], 'Pub/Sub that shuffles, cut off', outages);
});
