import { fault, type Fault } from '#libs/kernel';

/** What somebody's API answered, as any client of ours gives it. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface AskedFor {
  readonly provider: string;
  /** What was asked for, in the provider's word: no id, no path. */
  readonly entity: string;
}

export const isGood = ({ status }: ApiAnswer): boolean => status >= 200 && status < 300;

/** Not there, or not there any more. */
export const isGone = ({ status }: ApiAnswer): boolean => status === 404 || status === 410;

/** Why an answer that is neither good nor gone is none. */
export const faultOfAnswer = ({ status, headers }: ApiAnswer, asked: AskedFor): Fault => {
  const details = { ...asked, status };
  const seconds = Number(headers['retry-after']);
  const wait = seconds > 0 ? { retryAfterMs: seconds * 1000 } : {};
  if (status === 401) return fault('PROVIDER_API_CREDENTIALS_REFUSED', { details });
  if (status === 403) return fault('PROVIDER_API_FORBIDDEN', { details });
  if (status === 429) return fault('OUTBOUND_THROTTLED', { details, ...wait });
  if (status === 408 || status >= 500) return fault('PROVIDER_API_FAILED', { details, ...wait });
  return fault('PROVIDER_API_REQUEST_REFUSED', { details });
};

export const unreadable = (asked: AskedFor, field: string): Fault =>
  fault('PROVIDER_API_ANSWER_UNREADABLE', { details: { ...asked, field } });
