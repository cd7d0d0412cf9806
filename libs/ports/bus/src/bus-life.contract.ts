import { expect } from '@jest/globals';

import {
  Consumer,
  declare,
  done,
  gate,
  isSettled,
  numbered,
  text,
  untilTogether,
  type BusHarness,
} from './bus-harness.contract.js';

const opened = async (harness: BusHarness, overrides: { batch?: number } = {}) => {
  const bus = await harness.make();
  const { topic, all, subscriptions } = declare(['a'], overrides);
  await bus.create(all, subscriptions);
  return { bus, topic, all, subscriptions, subscription: subscriptions[0] };
};

export const lifeBehaviours = {
  async 'hands nothing out while paused, lets work in hand go on, and goes on when resumed'(
    harness: BusHarness,
  ) {
    const { bus, topic, subscription } = await opened(harness);
    const { passed, open } = gate();
    const consumer = await Consumer.start(harness, bus, subscription, async () => {
      await passed;
      return done;
    });
    await bus.publish(topic, [text('in hand')]);
    await consumer.untilSeen('in hand');
    consumer.consumption.pause();
    await bus.publish(topic, [text('behind')]);
    open();
    await harness.settle();
    expect(consumer.bodies).toEqual(['in hand']);
    expect(consumer.consumption.paused).toBe(true);
    consumer.consumption.resume();
    await consumer.untilSeen('behind');
    expect(consumer.times('in hand')).toBe(1);
  },

  async 'has as many batches in work as it was told, and no message in two of them'(
    harness: BusHarness,
  ) {
    const { bus, topic, subscription } = await opened(harness, { batch: 1 });
    const { passed, open } = gate();
    let inWork = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inWork);
      await passed;
      inWork--;
      return done;
    };
    const consumer = await Consumer.start({ ...harness, concurrency: 3 }, bus, subscription, work);
    await bus.publish(topic, numbered(9).map(text));
    await consumer.until('for three at once', ({ seen }) => seen.length >= 3);
    await harness.settle();
    expect(inWork).toBe(3);
    open();
    await consumer.untilSeen(...numbered(9));
    await harness.settle();
    expect(most).toBe(3);
    expect(consumer.bodies.sort()).toEqual(numbered(9).sort());
  },

  async 'waits for work in hand when it is closed, and keeps its outcome'(harness: BusHarness) {
    const { bus, topic, subscription } = await opened(harness, { batch: 2 });
    const { passed, open } = gate();
    const busy = await Consumer.start(harness, bus, subscription, async () => {
      await passed;
      return done;
    });
    await bus.publish(topic, numbered(6).map(text));
    await busy.until('for the first batch', ({ seen }) => seen.length > 0);
    const closing = busy.consumption.close();
    await harness.settle();
    expect(await isSettled(closing)).toBe(false);
    open();
    await closing;
    const finished = busy.bodies;
    const next = await Consumer.start(harness, bus, subscription);
    const rest = numbered(6).filter((body) => !finished.includes(body));
    await next.untilSeen(...rest);
    await harness.settle();
    expect(next.bodies.sort()).toEqual(rest);
  },

  async 'closes its consumptions with itself, and refuses to be used afterwards'(
    harness: BusHarness,
  ) {
    const { bus, topic, subscription } = await opened(harness);
    const { passed, open } = gate();
    const consumer = await Consumer.start(harness, bus, subscription, async () => {
      await passed;
      return done;
    });
    await bus.publish(topic, [text('in hand')]);
    await consumer.untilSeen('in hand');
    const closing = bus.close();
    await harness.settle();
    expect(await isSettled(closing)).toBe(false);
    open();
    await closing;
    await expect(bus.publish(topic, [text('late')])).rejects.toMatchObject({
      code: 'BUS_UNAVAILABLE',
    });
    const other = await harness.make();
    const next = await Consumer.start(harness, other, subscription);
    await other.publish(topic, [text('marker')]);
    await next.untilSeen('marker');
    await harness.settle();
    expect(next.bodies).toEqual(['marker']);
  },

  async 'refuses a second consumption of one subscription in one process'(harness: BusHarness) {
    const { bus, subscription } = await opened(harness);
    const first = await bus.consume(subscription, async () => []);
    await expect(bus.consume(subscription, async () => [])).rejects.toThrow();
    await first.close();
    await expect(bus.consume(subscription, async () => [])).resolves.toBeDefined();
  },

  async 'tells how many messages wait and for how long, or that it cannot tell'(
    harness: BusHarness,
  ) {
    const { bus, topic, subscription } = await opened(harness);
    if (harness.capabilities.backlog !== true) {
      expect(await bus.backlog(subscription)).toBeUndefined();
      return;
    }
    expect(await bus.backlog(subscription)).toEqual({ waiting: 0, oldestMs: 0 });
    await bus.publish(topic, numbered(25).map(text));
    await harness.settle();
    const waiting = await bus.backlog(subscription);
    expect(waiting?.waiting).toBe(25);
    expect(waiting?.oldestMs).toBeGreaterThan(0);
    const consumer = await Consumer.start(harness, bus, subscription);
    await consumer.untilSeen(...numbered(25));
    await consumer.consumption.close();
    expect(await bus.backlog(subscription)).toEqual({ waiting: 0, oldestMs: 0 });
  },

  async 'shares a subscription among processes, each message for one of them'(harness: BusHarness) {
    const { bus, topic, subscription } = await opened(harness);
    if (harness.capabilities.sharing !== true) {
      await expect(harness.makeBeside()).rejects.toThrow();
      return;
    }
    const first = await Consumer.start(harness, bus, subscription);
    const second = await Consumer.start(harness, await harness.makeBeside(), subscription);
    await bus.publish(topic, numbered(200).map(text));
    const together = () => [...first.bodies, ...second.bodies];
    await untilTogether(
      harness,
      [first, second],
      'for all between them',
      () => new Set(together()).size >= 200,
    );
    await harness.settle();
    expect(together().sort()).toEqual(numbered(200).sort());
  },

  async 'keeps what was published through a restart of the back end'(harness: BusHarness) {
    const { bus, topic, all, subscriptions, subscription } = await opened(harness);
    await bus.publish(topic, numbered(5).map(text));
    await bus.close();
    await harness.restart();
    const reopened = await harness.make();
    if (harness.capabilities.durable !== true) {
      expect((await reopened.missing(all, subscriptions)).length).toBeGreaterThan(0);
      return;
    }
    const consumer = await Consumer.start(harness, reopened, subscription);
    await consumer.untilSeen(...numbered(5));
    expect(consumer.seen.every(({ attempt }) => attempt === 1)).toBe(true);
  },
};
