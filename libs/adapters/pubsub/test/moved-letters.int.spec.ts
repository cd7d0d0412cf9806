import { deadLetterSubscriptions, subscriptions } from '#libs/contracts';
import { textOf, utf8 } from '#libs/kernel';
import { createDeadLetters, letterOf, type DeadLetter, type DeadLetters } from '#libs/operations';
import type { Message } from '#libs/ports/bus';
import { describePeer, openEmbedded, type EmbeddedParts } from '#libs/testing';
import { again, Consumer, done } from '#suites/bus';
import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { openClients, PubsubNames, type PubsubOptions } from '../src/client.js';
import { pubsubBus, type PubsubBus } from '../src/index.js';
import { declaredSubscription } from '../src/resources.js';

const DELIVERY = '01a0a060-e1f8-8907-be5e-296a42f6352e';
const harness = { patienceMs: 60_000 };
const work = subscriptions.intakeOfDeliveries;
/** The fewest that Pub/Sub takes: with a hundred, and the emulator's pause between two, this would take minutes. */
const ATTEMPTS = 5;
const [keeper] = deadLetterSubscriptions.filter(({ topic }) => topic === work.deadLetter);
if (!keeper) throw new Error('Deliveries have no keeper of dead letters.');

const createWithFewAttempts = async (options: PubsubOptions): Promise<void> => {
  const { subscriber, close } = await openClients(options);
  const declared = declaredSubscription(work, new PubsubNames(options), options);
  await subscriber.createSubscription({
    ...declared,
    deadLetterPolicy: { ...declared.deadLetterPolicy, maxDeliveryAttempts: ATTEMPTS },
  });
  await close();
};

for (const [name, title] of [
  ['pubsub', 'Google’s Pub/Sub emulator'],
  ['pubsub-fake', 'Pub/Sub that shuffles'],
] as const)
  describePeer(name, title, (peer) => {
    let parts: EmbeddedParts;
    let bus: PubsubBus;
    let letters: DeadLetters;
    let environment = 0;

    beforeEach(async () => {
      parts = await openEmbedded();
      const { host: emulatorHost } = await peer.shared();
      const options = {
        ...{ projectId: `moved-${process.pid}`, environment: `e${++environment}`, emulatorHost },
      };
      bus = pubsubBus(options);
      await bus.create([work.topic, keeper.topic], [keeper]);
      await createWithFewAttempts(options);
      letters = createDeadLetters({ ...parts, bus });
    }, 60_000);
    afterEach(async () => {
      await bus.close();
      await parts.close();
    });

    /** The keeper at work, as the strategy lets it: what it throws comes again. */
    const keep = async (isThere: (message: Message) => boolean): Promise<DeadLetter[]> => {
      const kept: Message[] = [];
      const consumer = await Consumer.start(harness, bus, keeper, async (message) => {
        await letters.keep(keeper, [message]);
        kept.push(message);
        return done;
      });
      await consumer.until('for the dead letter', ({ seen }) =>
        seen.some((one) => isThere(one.message)),
      );
      await consumer.consumption.close();
      // It was acknowledged: had keeping it failed, it would not stand here.
      expect(kept.some(isThere)).toBe(true);
      return (await letters.list({ limit: 9 })).items.map(letterOf);
    };

    it('keeps sealed what Pub/Sub itself gave up, and sends it again', async () => {
      const attributes = { id: DELIVERY, traceparent: 'a trace' };
      await bus.publish(work.topic, [{ data: utf8('Zelda says hello'), attributes }]);
      const refusing = await Consumer.start(harness, bus, work, () => again());
      const [letter] = await keep(() => true);
      await refusing.consumption.close();
      expect(letter).toMatchObject({
        ...{ delivery: DELIVERY, subscription: work.name, attributes, bytes: 16 },
        code: 'BUS_DELIVERED_TOO_OFTEN',
      });
      const lying = JSON.stringify(
        await parts.documents.query({ name: 'dead_letters', fields: [] }, { limit: 9 }),
      );
      expect(lying).not.toMatch(/Zelda/);
      expect(textOf((await letters.open(letter?.id ?? '')) ?? utf8(''))).toBe('Zelda says hello');
      const getting = await Consumer.start(harness, bus, work);
      expect(await letters.redrive(letter?.id ?? '')).toBe(true);
      await getting.untilSeen('Zelda says hello');
      await getting.consumption.close();
    }, 120_000);

    it('keeps garbage that somebody published among dead letters, and goes on', async () => {
      await bus.publish(keeper.topic, [{ data: utf8('no letter {'), attributes: {} }]);
      const kept = await keep(({ data }) => textOf(data) === 'no letter {');
      expect(kept).toMatchObject([
        { code: 'BUS_DEAD_LETTER_UNREADABLE', subscription: work.name, attributes: {} },
      ]);
    }, 120_000);
  });
