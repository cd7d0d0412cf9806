import type { Subscription } from '#libs/contracts';
import type { Fault } from '#libs/kernel';
import type { Message } from '#libs/ports/bus';
import { EventPattern } from '@nestjs/microservices';

/** What became of one message: `undefined` is well, else what was wrong. Handlers cannot acknowledge. */
export type ReactorOutcome = Fault | undefined;

/**
 * A reactor: gets a batch of messages from its subscription and gives one outcome each, in order; nothing at all
 * means that all are well. It is never replayed. If it throws, each message is tried alone, so it may get one again
 * that it has handled already.
 */
export type React = (messages: readonly Message[]) => Promise<readonly ReactorOutcome[] | void>;

/** Where one reactor has several subscriptions alike, it may ask for the one a batch came by (`@Ctx()`). */
type ReactorMethod = (
  messages: readonly Message[],
  of: Subscription,
) => Promise<readonly ReactorOutcome[] | void>;

/** Makes a method the reactor of a subscription, or of several alike: never of a topic, which may have many. */
export const Reactor =
  (...subscriptions: readonly Subscription[]) =>
  <Method extends ReactorMethod>(
    target: object,
    key: string | symbol,
    method: TypedPropertyDescriptor<Method>,
  ): void => {
    EventPattern<readonly string[]>(subscriptions.map(({ name }) => name))(
      target,
      key,
      method as PropertyDescriptor,
    );
  };
