import type { Subscription } from '#libs/contracts';
import { backoffDelay, kindRules, type Fault } from '#libs/kernel';

import type { ReactorOutcome } from './reactor.js';

/** What the strategy does with one message. Nothing else in the platform decides this. */
export type Acknowledgement =
  | { readonly act: 'done' }
  | { readonly act: 'again'; readonly afterMs: number; readonly fault: Fault }
  | { readonly act: 'hold'; readonly fault: Fault }
  | { readonly act: 'dead_letter'; readonly fault: Fault };

type Policy = Pick<Subscription, 'attempts' | 'backoff' | 'deadLetter'>;

/** From a handler's outcome to what happens next: the kind of the fault alone decides. */
export const acknowledge = (
  fault: ReactorOutcome,
  attempt: number,
  { attempts, backoff, deadLetter }: Policy,
  random?: () => number,
): Acknowledgement => {
  if (fault === undefined) return { act: 'done' };
  const later = (): Acknowledgement => ({
    act: 'again',
    afterMs: fault.retryAfterMs ?? backoffDelay(backoff, attempt, random),
    fault,
  });
  // The keeper of dead letters has nowhere to put one: it tries again and again.
  const giveUp = (): Acknowledgement => (deadLetter ? { act: 'dead_letter', fault } : later());
  switch (kindRules[fault.kind].message) {
    case 'pause':
      return { act: 'hold', fault };
    case 'dead_letter':
      return giveUp();
    case 'retry_at_once':
      return attempt >= attempts ? giveUp() : { act: 'again', afterMs: 0, fault };
    case 'retry':
      // The other side told us to wait: that says nothing against the message.
      if (fault.kind === 'throttled') return later();
      return attempt >= attempts ? giveUp() : later();
  }
};
