import type { Bus } from '#libs/ports/bus';

type ClosableBus = Bus & { close(): Promise<void> };

/**
 * A bus that acknowledges before the handler ends: quick, and it loses all that a crash or a failure interrupts. The
 * commonest fault of buses, so the suite must refuse it.
 */
export const earlyAckBus = (inner: ClosableBus): ClosableBus => ({
  publish: (topic, messages) => inner.publish(topic, messages),
  consume: (subscription, handler, options) =>
    inner.consume(
      subscription,
      async (messages) => {
        void handler(messages).catch(() => undefined);
        return messages.map(() => ({ outcome: 'done' }));
      },
      options,
    ),
  create: (topics, subscriptions) => inner.create(topics, subscriptions),
  missing: (topics, subscriptions) => inner.missing(topics, subscriptions),
  backlog: (subscription) => inner.backlog(subscription),
  close: () => inner.close(),
});
