import { expect } from '@jest/globals';

import {
  again,
  bodyOf,
  Consumer,
  declare,
  done,
  hold,
  numbered,
  text,
  type BusHarness,
  type Decide,
} from './bus-harness.contract.js';

const consuming = async (harness: BusHarness, decide: Decide) => {
  const bus = await harness.make();
  const { topic, all, subscriptions } = declare();
  await bus.create(all, subscriptions);
  const consumer = await Consumer.start(harness, bus, subscriptions[0], decide);
  return { bus, topic, subscription: subscriptions[0], consumer };
};

/** What was settled before must not come back on a new consumption. */
const afterReopening = async (
  harness: BusHarness,
  { bus, topic, subscription, consumer }: Awaited<ReturnType<typeof consuming>>,
): Promise<Consumer> => {
  await consumer.consumption.close();
  const next = await Consumer.start(harness, bus, subscription);
  await bus.publish(topic, [text('marker')]);
  await next.untilSeen('marker');
  await harness.settle();
  return next;
};

export const outcomeBehaviours = {
  async 'never delivers again what is done'(harness: BusHarness) {
    const parts = await consuming(harness, () => done);
    await parts.bus.publish(parts.topic, numbered(20).map(text));
    await parts.consumer.untilSeen(...numbered(20));
    const next = await afterReopening(harness, parts);
    expect(next.bodies).toEqual(['marker']);
  },

  async 'delivers all of a batch again after its handler throws'(harness: BusHarness) {
    const { bus, topic, consumer } = await consuming(harness, ({ attempt }) => {
      if (attempt === 1) throw new Error('handler broke');
      return done;
    });
    await bus.publish(topic, numbered(3).map(text));
    await consumer.until('for all a second time', ({ seen }) =>
      numbered(3).every((body) => seen.some((one) => one.body === body && one.attempt > 1)),
    );
    expect(numbered(3).map((body) => consumer.of(body)[0]?.attempt)).toEqual([1, 1, 1]);
  },

  async 'counts the attempts of a message'(harness: BusHarness) {
    const { bus, topic, consumer } = await consuming(harness, ({ attempt }) =>
      attempt < 4 ? again() : done,
    );
    await bus.publish(topic, [text('stubborn')]);
    await consumer.until('for the fourth attempt', ({ seen }) => seen.length >= 4);
    await harness.settle();
    expect(consumer.seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
  },

  async 'does not deliver again before the delay that was asked for'(harness: BusHarness) {
    const { bus, topic, consumer } = await consuming(harness, ({ attempt }) =>
      attempt === 1 ? again(1_200) : done,
    );
    await bus.publish(topic, [text('later')]);
    await consumer.until('for the second attempt', ({ seen }) => seen.length >= 2);
    const [first, second] = consumer.of('later');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_190);
    expect(second?.attempt).toBe(2);
  },

  async 'delivers others while one waits for its delay'(harness: BusHarness) {
    const { bus, topic, consumer } = await consuming(harness, (message) =>
      bodyOf(message) === 'slow' && message.attempt === 1 ? again(1_500) : done,
    );
    await bus.publish(topic, [text('slow')]);
    await consumer.untilSeen('slow');
    await bus.publish(topic, numbered(30).map(text));
    await consumer.untilSeen(...numbered(30));
    expect(consumer.times('slow')).toBe(1);
    await consumer.until('for the slow one again', ({ seen }) => seen.length >= 32);
  },

  async 'gives each message of a batch its own outcome'(harness: BusHarness) {
    const odd = (body: string) => Number(body.slice(1)) % 2 === 1;
    const { bus, topic, consumer } = await consuming(harness, (message) =>
      odd(bodyOf(message)) && message.attempt === 1 ? again() : done,
    );
    await bus.publish(topic, numbered(10).map(text));
    await consumer.until('for the odd ones again', ({ seen }) => seen.length >= 15);
    await harness.settle();
    for (const body of numbered(10)) expect(consumer.times(body)).toBe(odd(body) ? 2 : 1);
  },

  async 'takes an outcome that the handler did not give as a failure'(harness: BusHarness) {
    const bus = await harness.make();
    const { topic, all, subscriptions } = declare();
    await bus.create(all, subscriptions);
    await bus.publish(topic, [text('forgotten')]);
    const forgetful = await bus.consume(subscriptions[0], async () => []);
    await harness.settle();
    await forgetful.close();
    const consumer = await Consumer.start(harness, bus, subscriptions[0]);
    await consumer.untilSeen('forgotten');
    expect(consumer.of('forgotten')[0]?.attempt).toBeGreaterThan(1);
  },

  async 'holds a message without using an attempt, and pauses until it is resumed'(
    harness: BusHarness,
  ) {
    let away = true;
    const parts = await consuming(harness, () => (away ? hold : done));
    const { bus, topic, consumer } = parts;
    await bus.publish(topic, [text('kept')]);
    await consumer.untilSeen('kept');
    await harness.settle();
    expect(consumer.consumption.paused).toBe(true);
    await bus.publish(topic, [text('behind')]);
    await harness.settle();
    expect(consumer.bodies).toEqual(['kept']);
    away = false;
    consumer.consumption.resume();
    await consumer.until('for both', ({ seen }) => seen.length >= 3);
    expect(consumer.of('kept').map(({ attempt }) => attempt)).toEqual([1, 1]);
    expect((await afterReopening(harness, parts)).bodies).toEqual(['marker']);
  },

  async 'keeps what it holds when it is closed'(harness: BusHarness) {
    const parts = await consuming(harness, (message) => (bodyOf(message) === 'kept' ? hold : done));
    const { bus, topic, consumer } = parts;
    await bus.publish(topic, [text('kept')]);
    await consumer.untilSeen('kept');
    const next = await afterReopening(harness, parts);
    await next.untilSeen('kept');
    expect(next.bodies.sort()).toEqual(['kept', 'marker']);
  },
};
