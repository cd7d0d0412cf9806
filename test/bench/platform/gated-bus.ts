import type { Parts } from '#libs/platform';

/** A bus whose messages wait in the handlers' hands until the gate opens. */
export const gatedBus = ({ bus }: Parts, gate: Promise<void>): Parts['bus'] => ({
  publish: (...args) => bus.publish(...args),
  create: (...args) => bus.create(...args),
  missing: (...args) => bus.missing(...args),
  backlog: (...args) => bus.backlog(...args),
  consume: (subscription, handler, options) =>
    bus.consume(
      subscription,
      async (messages) => {
        await gate;
        return handler(messages);
      },
      options,
    ),
});
