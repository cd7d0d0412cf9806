import { Fault } from '#libs/kernel';
import { retryAfter } from '#libs/ports/outbound';

/** What went wrong with a request, as far as it decides what is done next. No word of the other side is in it. */
export type RequestTrouble =
  | { readonly sort: 'passing'; readonly reason: string }
  | { readonly sort: 'busy'; readonly retryAfterMs?: number }
  /** Too many texts at once, or one that is too long. */
  | { readonly sort: 'too_much' }
  | { readonly sort: 'refused'; readonly reason: string };

/** An error of either library: both are made by one generator. */
export interface ApiFailure extends Error {
  readonly status: number | undefined;
  readonly headers?: Headers | undefined;
  /** The body, or the part of it that describes the error. */
  readonly error?: unknown;
}

const TOO_MUCH =
  /too (?:long|large|many|big)|context (?:length|size|window)|maximum|exceed|input length|batch size|at most/i;

/** What the same request may have once more. 498: Groq has no room at the cheap price. */
const PASSING = new Set([408, 409, 425, 498, 502, 503, 504, 520, 522, 524, 529]);

export const isApiFailure = (error: unknown): error is ApiFailure =>
  error instanceof Error && 'status' in error && 'headers' in error;

export const troubleOf = (error: unknown, now: number): RequestTrouble => {
  const lost = faultIn(error);
  if (lost) return lostTrouble(lost);
  if (!isApiFailure(error)) return { sort: 'refused', reason: 'answer' };
  if (error.status === undefined) return { sort: 'passing', reason: lostReason(error) };
  const { status } = error;
  const reason = `http_${status}`;
  if (status === 429) return busyOrSpent(error, now);
  if ([401, 402, 403, 404].includes(status)) return { sort: 'refused', reason };
  // What it wrote was no call; another time it may be.
  if (isCodeOf(error, 'tool_use_failed')) return { sort: 'passing', reason: 'broken_call' };
  if (PASSING.has(status)) return { sort: 'passing', reason };
  // Servers of one's own say so with 500.
  if (status === 413 || (status >= 400 && TOO_MUCH.test(error.message)))
    return { sort: 'too_much' };
  return status === 500 ? { sort: 'passing', reason } : { sort: 'refused', reason };
};

/** The libraries wrap what `fetch` throws, and not what reading the answer throws. */
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

/** They take a fault of ours for a time-out by its words, and drop it. An error in the middle has no status either. */
const lostReason = ({ constructor: { name } }: ApiFailure): string =>
  name.includes('Timeout')
    ? 'timeout'
    : name.includes('Connection')
      ? 'connection'
      : 'error_in_answer';

/** An account without money says 429, too, and never says anything else. */
const busyOrSpent = (error: ApiFailure, now: number): RequestTrouble => {
  if (isCodeOf(error, 'insufficient_quota')) return { sort: 'refused', reason: 'quota' };
  const headers = Object.fromEntries(error.headers ?? []);
  const ms = Number(headers['retry-after-ms'] ?? NaN);
  const retryAfterMs = ms >= 0 ? Math.ceil(ms) : retryAfter({ headers }, now);
  return { sort: 'busy', ...(retryAfterMs !== undefined && { retryAfterMs }) };
};

/** Groq's library gives the whole body, OpenAI's the error in it. */
const isCodeOf = ({ error }: ApiFailure, code: string): boolean => {
  const outer = error as {
    readonly code?: unknown;
    readonly error?: { readonly code?: unknown };
  } | null;
  return [outer?.code, outer?.error?.code].includes(code);
};
