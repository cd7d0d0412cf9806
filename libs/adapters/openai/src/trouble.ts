import { Fault } from '#libs/kernel';
import { retryAfter } from '#libs/ports/outbound';
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';

/** What went wrong with a request, as far as it decides what is done next. No word of the other side is in it. */
export type RequestTrouble =
  | { readonly sort: 'passing'; readonly reason: string }
  | { readonly sort: 'busy'; readonly retryAfterMs?: number }
  /** Too many texts at once, or one that is too long. */
  | { readonly sort: 'too_much' }
  | { readonly sort: 'refused'; readonly reason: string };

const TOO_MUCH =
  /too (?:long|large|many|big)|context (?:length|size|window)|maximum|exceed|input length|batch size|at most/i;

/** What the same request may have once more. */
const PASSING = new Set([408, 409, 425, 500, 502, 503, 504, 520, 522, 524, 529]);

export const troubleOf = (error: unknown, now: number): RequestTrouble => {
  const lost = faultIn(error);
  if (lost) return lostTrouble(lost);
  // It takes a fault of ours for a time-out by its words, and drops it.
  if (error instanceof APIConnectionTimeoutError) return { sort: 'passing', reason: 'timeout' };
  if (error instanceof APIConnectionError) return { sort: 'passing', reason: 'connection' };
  if (!(error instanceof APIError)) return { sort: 'refused', reason: 'answer' };
  const status = error.status as number | undefined;
  if (status === undefined) return { sort: 'passing', reason: 'error_in_answer' };
  const reason = `http_${status}`;
  if (status === 429) return busyOrSpent(error as APIError, now);
  if ([401, 402, 403, 404].includes(status)) return { sort: 'refused', reason };
  if (status === 413 || (status >= 400 && TOO_MUCH.test(error.message)))
    return { sort: 'too_much' };
  return PASSING.has(status) ? { sort: 'passing', reason } : { sort: 'refused', reason };
};

/** The library wraps what `fetch` throws, and not what reading the answer throws. */
const faultIn = (error: unknown): Fault | undefined => {
  if (error instanceof Fault) return error;
  return error instanceof Error && error.cause instanceof Fault ? error.cause : undefined;
};

const lostTrouble = ({ code, details }: Fault): RequestTrouble =>
  code === 'OUTBOUND_UNREACHABLE' || code === 'OUTBOUND_UNANSWERED'
    ? { sort: 'passing', reason: String(details['reason'] ?? 'connection') }
    : {
        sort: 'refused',
        reason: code === 'OUTBOUND_ADDRESS_REFUSED' ? 'address' : 'answer_too_large',
      };

/** An account without money says 429, too, and never says anything else. */
const busyOrSpent = (error: APIError, now: number): RequestTrouble => {
  if (error.code === 'insufficient_quota') return { sort: 'refused', reason: 'quota' };
  const headers = Object.fromEntries(error.headers ?? []);
  const ms = Number(headers['retry-after-ms'] ?? NaN);
  const retryAfterMs = ms >= 0 ? Math.ceil(ms) : retryAfter({ headers }, now);
  return { sort: 'busy', ...(retryAfterMs !== undefined && { retryAfterMs }) };
};
