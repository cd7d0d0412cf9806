import {
  asFault,
  backoffDelay,
  fault,
  succeeded,
  type Backoff,
  type Clock,
  type Fault,
} from '#libs/kernel';

import type { Budget, Outbound, OutboundAnswer, OutboundRequest } from './outbound.port.js';
import { retryAfter } from './retry-after.js';

export interface RepeatingOptions {
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** Each try spends of it, the first one too. */
  readonly budget?: Budget;
  readonly attempts?: number;
  readonly backoff?: Backoff;
  /** How long an answer asks to wait, where a server says it in words of its own. */
  readonly waitIn?: (answer: OutboundAnswer, now: number) => number | undefined;
  /** It does not sit out a longer wait: it throws the wait, with its length, and the caller plans it. */
  readonly patienceMs?: number;
  /** So long after the first try nothing is sent any more; who waits knows by then what was done. */
  readonly sendsForMs?: number;
}

type Result = OutboundAnswer | Fault;

/** What a server says that has not done it and may soon. */
const PASSING = new Set([408, 500, 502, 503, 504]);

/** Doing these twice is doing them once. */
const isIdempotent = ({ method }: OutboundRequest): boolean => method !== 'POST';

/**
 * Sends again after a failure that passes: with jitter, never sooner than `Retry-After` says, and only what is
 * idempotent or surely was not done (no connection, or refused with 429).
 */
export const repeating = (options: RepeatingOptions): Outbound => {
  const { attempts = 4, patienceMs = 15_000, budget, clock, waitIn = retryAfter } = options;
  const { sendsForMs = Number.POSITIVE_INFINITY } = options;
  const backoff = options.backoff ?? { first: 500, most: 8_000 };

  const sendOnce = async (request: OutboundRequest, began: number): Promise<Result> => {
    await budget?.spend();
    if (clock.now() - began > sendsForMs)
      throw fault('OUTBOUND_THROTTLED', { retryAfterMs: backoff.first });
    try {
      return await options.outbound.send(request);
    } catch (thrown) {
      return asFault(thrown);
    }
  };

  const waitAfter = (result: Result, attempt: number): number => {
    const own = backoffDelay(backoff, attempt, options.random);
    const asked = succeeded(result) ? waitIn(result, clock.now()) : undefined;
    return Math.max(own, asked ?? 0);
  };

  return {
    async send(request) {
      const began = clock.now();
      for (let attempt = 1; ; attempt++) {
        const result = await sendOnce(request, began);
        if (!mayRepeat(request, result)) return settled(result);
        const wait = waitAfter(result, attempt);
        const throttled = succeeded(result) && result.status === 429;
        if (throttled) await budget?.pause(wait);
        const isOver = request.once === true || attempt >= attempts || wait > patienceMs;
        if (isOver && throttled) throw fault('OUTBOUND_THROTTLED', { retryAfterMs: wait });
        if (isOver) return settled(result);
        await options.sleep(wait);
      }
    },
  };
};

const mayRepeat = (request: OutboundRequest, result: Result): boolean => {
  if (succeeded(result))
    return result.status === 429 || (PASSING.has(result.status) && isIdempotent(request));
  if (result.code === 'OUTBOUND_UNREACHABLE') return true;
  return result.code === 'OUTBOUND_UNANSWERED' && isIdempotent(request);
};

const settled = (result: Result): OutboundAnswer => {
  if (succeeded(result)) return result;
  throw result;
};
