import { expect } from '@jest/globals';

import {
  declare,
  numbered,
  text,
  Consumer,
  done,
  type BusHarness,
} from './bus-harness.contract.js';
import { busLimits, type OutgoingMessage } from './index.js';

export const deliveryBehaviours = {
  async 'delivers a message that was published before anybody consumed'(harness: BusHarness) {
    const bus = await harness.make();
    const { topic, all, subscriptions } = declare();
    await bus.create(all, subscriptions);
    await bus.publish(topic, [text('early')]);
    const consumer = await Consumer.start(harness, bus, subscriptions[0]);
    await consumer.untilSeen('early');
    expect(consumer.of('early')[0]?.attempt).toBe(1);
  },

  async 'gives every subscription of the topic each message, whatever the others do with it'(
    harness: BusHarness,
  ) {
    const bus = await harness.make();
    const { topic, all, subscriptions } = declare(['a', 'b']);
    const [a, b] = subscriptions;
    if (!b) throw new Error('two subscriptions were declared');
    await bus.create(all, subscriptions);
    await bus.publish(topic, numbered(5).map(text));
    const first = await Consumer.start(harness, bus, a);
    await first.untilSeen(...numbered(5));
    await first.consumption.close();
    const second = await Consumer.start(harness, bus, b);
    await second.untilSeen(...numbered(5));
    expect(second.seen.every(({ attempt }) => attempt === 1)).toBe(true);
  },

  async 'keeps nothing for a topic without subscriptions'(harness: BusHarness) {
    const bus = await harness.make();
    const { topic, all, subscriptions } = declare();
    await bus.create(all, []);
    await bus.publish(topic, [text('before')]);
    await bus.create(all, subscriptions);
    const consumer = await Consumer.start(harness, bus, subscriptions[0]);
    await bus.publish(topic, [text('after')]);
    await consumer.untilSeen('after');
    await harness.settle();
    expect(consumer.bodies).toEqual(['after']);
  },

  async 'delivers each of many messages, in batches no larger than the subscription’s'(
    harness: BusHarness,
  ) {
    const bus = await harness.make();
    const { topic, all, subscriptions } = declare();
    await bus.create(all, subscriptions);
    const consumer = await Consumer.start(harness, bus, subscriptions[0]);
    const prefixes = numbered(8, 'p');
    await Promise.all(
      prefixes.map((prefix) => bus.publish(topic, numbered(50, `${prefix}-`).map(text))),
    );
    const expected = prefixes.flatMap((prefix) => numbered(50, `${prefix}-`));
    await consumer.untilSeen(...expected);
    expect(new Set(consumer.bodies)).toEqual(new Set(expected));
    expect(Math.max(...consumer.batches)).toBeLessThanOrEqual(subscriptions[0].batch);
    expect(Math.max(...consumer.batches)).toBeGreaterThan(1);
  },

  async 'carries data and attributes unchanged: empty, one MiB, every byte'(harness: BusHarness) {
    const bus = await harness.make();
    const { topic, all, subscriptions } = declare();
    await bus.create(all, subscriptions);
    const large = Uint8Array.from({ length: 1024 * 1024 }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
    const sent: OutgoingMessage[] = [
      { data: large, attributes: { which: 'large', 'ce-type': 'a.b.v1' } },
      { data: new Uint8Array(0), attributes: { which: 'empty' } },
      { data: new Uint8Array(0), attributes: {} },
      { data: Uint8Array.of(0), attributes: { which: 'é–☃', empty: '', long: 'x'.repeat(1024) } },
    ];
    const consumer = await Consumer.start(harness, bus, subscriptions[0]);
    await bus.publish(topic, sent);
    await consumer.until('to be handed all four', ({ seen }) => seen.length >= sent.length);
    for (const { data, attributes } of sent) {
      const got = consumer.seen.find(
        ({ message }) => message.attributes['which'] === attributes['which'],
      );
      expect(got?.message.attributes).toEqual(attributes);
      expect(Buffer.compare(got?.message.data ?? Uint8Array.of(9), data)).toBe(0);
    }
  },

  async 'tells when a message was published, and one id for it on every delivery'(
    harness: BusHarness,
  ) {
    const bus = await harness.make();
    const { topic, all, subscriptions } = declare();
    await bus.create(all, subscriptions);
    const consumer = await Consumer.start(harness, bus, subscriptions[0], ({ attempt }) =>
      attempt === 1 ? { outcome: 'again', afterMs: 0 } : done,
    );
    const before = Date.now();
    await bus.publish(topic, [text('one'), text('two')]);
    const after = Date.now();
    await consumer.until('for both twice', ({ seen }) => seen.length >= 4);
    for (const { message } of consumer.seen) {
      expect(message.publishedAt).toBeGreaterThanOrEqual(before - 1);
      expect(message.publishedAt).toBeLessThanOrEqual(after + 1);
    }
    expect(new Set(consumer.of('one').map(({ id }) => id)).size).toBe(1);
    expect(new Set(consumer.seen.map(({ id }) => id)).size).toBe(2);
  },

  async 'refuses what is too large for any bus, and publishes nothing of that batch'(
    harness: BusHarness,
  ) {
    const bus = await harness.make();
    const { topic, all, subscriptions } = declare();
    await bus.create(all, subscriptions);
    const tooLarge: OutgoingMessage[] = [
      { data: new Uint8Array(busLimits.messageBytes + 1), attributes: {} },
      { data: new Uint8Array(1), attributes: { long: 'x'.repeat(1025) } },
      { data: new Uint8Array(1), attributes: { long: 'é'.repeat(513) } },
      { data: new Uint8Array(1), attributes: { ['n'.repeat(257)]: 'x' } },
    ];
    for (const message of tooLarge)
      await expect(bus.publish(topic, [text('innocent'), message])).rejects.toMatchObject({
        code: 'BUS_MESSAGE_TOO_LARGE',
      });
    const consumer = await Consumer.start(harness, bus, subscriptions[0]);
    await bus.publish(topic, [text('fits')]);
    await consumer.untilSeen('fits');
    await harness.settle();
    expect(consumer.bodies).toEqual(['fits']);
  },

  async 'names what is missing, makes only that, and refuses to use what is not there'(
    harness: BusHarness,
  ) {
    const bus = await harness.make();
    const { topic, dead, all, subscriptions } = declare(['a', 'b']);
    const [a, b] = subscriptions;
    const unknown = { code: 'BUS_TOPIC_UNKNOWN' };
    await expect(bus.publish(topic, [text('lost')])).rejects.toMatchObject(unknown);
    await expect(bus.consume(a, async () => [])).rejects.toMatchObject(unknown);
    await bus.create(all, [a]);
    expect(await bus.missing(all, subscriptions)).toEqual([b?.name]);
    await bus.publish(topic, [text('kept')]);
    await bus.create([topic, dead], subscriptions);
    expect(await bus.missing(all, subscriptions)).toEqual([]);
    const consumer = await Consumer.start(harness, bus, a);
    await consumer.untilSeen('kept');
  },

  async 'publishes nothing when there is nothing'(harness: BusHarness) {
    const bus = await harness.make();
    const { topic, all, subscriptions } = declare();
    await bus.create(all, subscriptions);
    await expect(bus.publish(topic, [])).resolves.toBeUndefined();
  },
};
