import { fault, Fault } from '#libs/kernel';

import { isIndexedField } from './fields.js';

/** What a request came to that was not answered as asked. */
export interface Refusal {
  readonly error: unknown;
  /** Asking again may help. */
  readonly passes: boolean;
  readonly waitMs?: number;
}

/** The collection is not there: never made, or dropped. */
export class AbsentCollection extends Error {}

/** Errors of this client have no types of their own that it exports; they are known by what they carry. */
interface ClientError {
  readonly status?: unknown;
  readonly data?: unknown;
  readonly retry_after?: unknown;
  readonly message?: unknown;
  readonly cause?: { readonly code?: unknown };
}

export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Fault) return { error, passes: error.kind === 'unavailable' };
  const { status, retry_after: wait } = error as ClientError;
  // The client reads the first digit of the header alone: too short a wait is refused again.
  if (typeof wait === 'number') return { ...away('too many requests', error), waitMs: wait * 1000 };
  return typeof status === 'number' ? byStatus(status, error) : withoutStatus(error);
};

const byStatus = (status: number, error: unknown): Refusal => {
  const text = textOf(error as ClientError);
  if (status === 404 && ABSENT.test(text)) return { error: new AbsentCollection(), passes: false };
  if (status === 507 || (status !== 400 && FULL.test(text)))
    return {
      error: fault('STORE_FULL', { details: { store: 'qdrant' }, cause: error }),
      passes: true,
    };
  if (status === 429) return away('too many requests', error);
  if (status >= 500 || status === 408) return away(`status ${status}`, error);
  const field = unindexedIn(text);
  // A collection is there before its indexes are: somebody makes them just now, or will when it starts.
  if (field !== undefined && isIndexedField(field))
    return away(`the payload index on ${field} is not made yet`, error);
  return refused(status, text, error);
};

/** The field that has no payload index, where that is why. A facet says it in other words. */
const unindexedIn = (text: string): string | undefined => UNINDEXED.exec(text)?.[1];

const withoutStatus = (error: unknown): Refusal => {
  const { name, message } = error as Error;
  const code = (error as ClientError).cause?.code;
  if (name === 'QdrantClientTimeoutError') return away('no answer in time', error);
  if (name === 'QdrantClientUnexpectedResponseError') return away('an answer half done', error);
  if (name === 'TypeError' && message === 'fetch failed')
    return away(typeof code === 'string' ? code : 'no connection', error);
  if (message === 'terminated') return away('the connection ended', error);
  // A date or a word where the client wants seconds.
  if (message.startsWith('Invalid retryAfter')) return away('too many requests', error);
  if (message === 'Result came uninitialized' || name === 'SyntaxError')
    return refused(200, 'no qdrant', error);
  return { error, passes: false };
};

const ABSENT = /collection\b.*(?:doesn't|does not) exist/i;
const UNINDEXED =
  /(?:index required but not found for|no appropriate index for faceting:) ["`](\w{1,30})["`]/i;
const FULL = /no space left|(?:disk|storage).{0,20}full|not enough (?:disk )?space|out of disk/i;

const textOf = ({ data }: ClientError): string => {
  if (typeof data === 'string') return data;
  const status = (data as { status?: { error?: unknown } } | undefined)?.status;
  return typeof status?.error === 'string' ? status.error : '';
};

const away = (reason: string, cause: unknown): Refusal => ({
  error: fault('SEARCH_INDEX_UNAVAILABLE', { details: { reason }, cause }),
  passes: true,
});

const refused = (status: number, text: string, cause: unknown): Refusal => ({
  error: fault('SEARCH_INDEX_REFUSED', {
    details: { status, reason: reasonOf(status, text) },
    cause,
  }),
  passes: false,
});

/** In words of ours: a server's own may repeat what it was sent. */
const reasonOf = (status: number, text: string): string => {
  if (status === 401 || status === 403) return 'the API key is missing, wrong or may not write';
  if (status === 413) return 'requests must be smaller there';
  if (status === 404 || text === 'no qdrant') return 'what answers at this address is no Qdrant';
  const field = unindexedIn(text);
  if (field !== undefined) return `strict mode: no payload index on ${field}`;
  if (/strict ?mode|limit|exceed|too (?:many|large)|forbidden|not allowed/i.test(text))
    return 'a limit of its strict mode';
  return 'a request it does not understand';
};
