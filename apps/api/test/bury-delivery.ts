import { subscriptions } from '#libs/contracts';
import { fault, utf8, type Code } from '#libs/kernel';
import { createDeadLetters } from '#libs/operations';
import type { Parts } from '#libs/platform';
import type { OutgoingMessage } from '#libs/ports/bus';

export type BuriedDelivery = readonly [delivery: string, code: Code, text?: string];

/** Buries a message as the strategy would, and keeps it as the keeper would. */
export const buryDelivery = async (
  parts: Parts,
  ...[delivery, code, text = 'raw']: BuriedDelivery
): Promise<void> => {
  const letters: OutgoingMessage[] = [];
  const bus = {
    ...parts.bus,
    publish: async (_: unknown, messages: readonly OutgoingMessage[]) =>
      void letters.push(...messages),
  };
  const deadLetters = createDeadLetters({ ...parts, bus });
  const message = { id: delivery, data: utf8(text), attributes: { id: delivery } };
  const received = { ...message, publishedAt: 1, attempt: 5 };
  await deadLetters.bury(subscriptions.intakeOfDeliveries, received, fault(code));
  const kept = letters.map((letter) => ({ ...received, ...letter }));
  await deadLetters.keep(subscriptions.intakeOfDeliveries, kept);
};
