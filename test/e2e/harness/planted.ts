import { setTimeout as delay } from 'node:timers/promises';

import { subscriptions } from '#libs/contracts';
import { createJournal } from '#libs/journal';
import { joinBytes, utf8 } from '#libs/kernel';
import type { Parts } from '#libs/platform';
import type { Bus } from '#libs/ports/bus';

/** Faults that somebody would write: what kills are for has to find them. */
export const plants = {
  /** Acknowledges deliveries first and takes them in a moment later. */
  loss: (parts: Parts): Parts => ({ ...parts, bus: acknowledgingFirst(parts.bus) }),

  /** Derives the ids of facts with a key that each start makes again. */
  doubling: (parts: Parts): Parts => {
    const salt = utf8(String(process.pid));
    const keys: Parts['keys'] = {
      seal: (items) => parts.keys.seal(items),
      open: (items) => parts.keys.open(items),
      fingerprint: (values) => parts.keys.fingerprint(values.map((it) => joinBytes(it, salt))),
      destroy: (streams, at) => parts.keys.destroy(streams, at),
      tombstones: () => parts.keys.tombstones(),
      retire: (streams) => parts.keys.retire(streams),
      forget: (streams) => parts.keys.forget(streams),
    };
    return { ...parts, keys, journal: createJournal({ log: parts.log, keys }) };
  },
} as const;

export type Plant = keyof typeof plants;

export const isPlant = (name: string | undefined): name is Plant =>
  name !== undefined && name in plants;

const acknowledgingFirst = (bus: Bus): Bus => ({
  publish: (topic, messages) => bus.publish(topic, messages),
  create: (topics, all) => bus.create(topics, all),
  missing: (topics, all) => bus.missing(topics, all),
  backlog: (subscription) => bus.backlog(subscription),
  consume: (subscription, handler, options) =>
    bus.consume(
      subscription,
      subscription.name === subscriptions.intakeOfDeliveries.name
        ? async (messages) => {
            void delay(50).then(() => handler(messages));
            return messages.map(() => ({ outcome: 'done' }));
          }
        : handler,
      options,
    ),
});
