import {
  asFault,
  fault,
  Secret,
  type Code,
  type Fault,
  type Json,
  type JsonObject,
} from '#libs/kernel';
import { retryAfter, type OutboundAnswer } from '#libs/ports/outbound';

import type { RocketchatRestOptions } from '../options.js';

/**
 * What the server refuses although it knows who asks. `missing`: there is no such thing; `forbidden`: not for us; `unfit`:
 * nobody could ask for this, so we asked wrongly.
 */
export type RefusalReason = 'missing' | 'forbidden' | 'unfit' | 'refused';

export interface RestRefusal {
  readonly refused: RefusalReason;
}

export interface RestResult {
  readonly body: JsonObject;
  /** By the server's clock, to the second; missing where it does not say. */
  readonly at?: number;
}

export type RestParameters = Readonly<Record<string, string>>;

export interface RocketchatClient {
  /** Throws what is no answer: no credentials, too fast, away, unreadable. */
  ask(call: string, parameters?: RestParameters): Promise<RestResult | RestRefusal>;
  /** The same where a refusal is as bad. */
  get(call: string, parameters?: RestParameters): Promise<RestResult>;
  /** Does something. Sent again by nobody but who asks: an outbound repeats only what surely was not done. */
  post(call: string, body: JsonObject): Promise<RestResult | RestRefusal>;
  /** What the server says of itself to everybody. */
  info(): Promise<RestResult | RestRefusal>;
}

export const isRefusal = (result: RestResult | RestRefusal): result is RestRefusal =>
  'refused' in result;

/** The bot's way to the API of its server. The outbound it is given repeats, and keeps the budget. */
export const rocketchatClient = (options: RocketchatRestOptions): RocketchatClient => {
  const site = options.url.replace(/\/+$/, '');
  const root = `${site}/api/v1/`;
  const headers = {
    accept: 'application/json',
    'x-auth-token': options.authToken,
    // Beside the token it is half of the proof, so it goes to no other origin either.
    'x-user-id': new Secret(options.userId),
  };
  const ask: RocketchatClient['ask'] = async (call, parameters = {}) => {
    const query = new URLSearchParams(parameters).toString();
    const url = `${root}${call}${query === '' ? '' : `?${query}`}`;
    return resultOf(call, await options.outbound.send({ method: 'GET', url, headers }));
  };
  return {
    ask,
    async post(call, body) {
      const request = { url: `${root}${call}`, body: JSON.stringify(body) };
      const posted = { ...headers, 'content-type': 'application/json' };
      return resultOf(
        call,
        await options.outbound.send({ method: 'POST', headers: posted, ...request }),
      );
    },
    async info() {
      // Everybody may ask, so nobody hears who we are before it is known who answers.
      const request = { method: 'GET', url: `${site}/api/info` } as const;
      const answer = await options.outbound.send({
        ...request,
        headers: { accept: headers.accept },
      });
      return resultOf('info', answer);
    },
    get: gettingBy(ask),
  };
};

/** Takes a refusal for a failure. */
export const gettingBy =
  (ask: RocketchatClient['ask']): RocketchatClient['get'] =>
  async (call, parameters) => {
    const result = await ask(call, parameters);
    if (!isRefusal(result)) return result;
    const forbidden = result.refused === 'forbidden';
    const code = forbidden ? 'PROVIDER_API_FORBIDDEN' : 'PROVIDER_API_REQUEST_REFUSED';
    throw fault(code, { details: { provider: 'rocketchat', entity: call } });
  };

const resultOf = (call: string, answer: OutboundAnswer): RestResult | RestRefusal => {
  const details = { provider: 'rocketchat', entity: call, status: answer.status };
  const { status, headers } = answer;
  if (status === 401) throw fault('PROVIDER_API_CREDENTIALS_REFUSED', { details });
  if (status === 429) {
    const retryAfterMs = waitOfRocketchat(answer, serverTime(headers) ?? 0);
    throw fault('OUTBOUND_THROTTLED', { details, retryAfterMs });
  }
  if (status === 408 || status >= 500) throw fault('PROVIDER_API_FAILED', { details });
  const body = objectIn(answer.body);
  // A page of something between us and the server says nothing about what was asked for.
  if (body === undefined) throw fault('PROVIDER_API_ANSWER_UNREADABLE', { details });
  if (status >= 200 && status < 300 && body['success'] === true)
    return { body, at: serverTime(headers) };
  if (body['success'] !== false) throw fault('PROVIDER_API_ANSWER_UNREADABLE', { details });
  return { refused: reasonOf(status, body) };
};

const FORBIDDEN = new Set([
  ...['error-not-allowed', 'error-forbidden', 'error-unauthorized', 'error-action-not-allowed'],
  ...['not-allowed', 'unauthorized', 'error-not-authorized'],
]);
const MISSING = new Set([
  ...['error-invalid-user', 'error-room-not-found', 'error-invalid-room', 'error-invalid-message'],
  ...['error-message-not-found'],
]);

const UNFIT = new Set(['error-message-size-exceeded', 'error-invalid-params', 'invalid-params']);

/**
 * Before 9.0 a missing right is a 400 with a type of its own; since, it is a 403. What says no reason at all with a 400
 * or 404 is how a message is answered for that is not there.
 */
const reasonOf = (status: number, { error, errorType }: JsonObject): RefusalReason => {
  const type = typeof errorType === 'string' ? errorType : '';
  if (UNFIT.has(type)) return 'unfit';
  if (status === 403 || FORBIDDEN.has(type)) return 'forbidden';
  if (MISSING.has(type)) return 'missing';
  const saysNothing = type === '' && (error === undefined || error === null || error === '');
  return saysNothing && (status === 400 || status === 404) ? 'missing' : 'refused';
};

const SECONDS_IN_TEXT = /wait (\d{1,6}) seconds/;

/** How long a 429 asks to wait: by its header, which holds a moment in ms, or by its text. */
export const waitOfRocketchat = (answer: OutboundAnswer, now: number): number | undefined => {
  if (answer.status !== 429) return retryAfter(answer, now);
  const reset = Number(answer.headers['x-ratelimit-reset']);
  if (reset > now && now > 0) return reset - now;
  const { error } = objectIn(answer.body) ?? {};
  const [, seconds] = SECONDS_IN_TEXT.exec(typeof error === 'string' ? error : '') ?? [];
  return seconds === undefined ? retryAfter(answer, now) : Number(seconds) * 1_000;
};

const serverTime = ({ date }: Readonly<Record<string, string>>): number | undefined => {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? undefined : at;
};

const objectIn = (body: Uint8Array): JsonObject | undefined => {
  try {
    const json = JSON.parse(new TextDecoder().decode(body)) as Json;
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
};

export const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value)
    ? value.filter(
        (each): each is JsonObject =>
          typeof each === 'object' && each !== null && !Array.isArray(each),
      )
    : [];

/** Any failure, as one that a port promises; the wait it asks for stays with it. */
export const failedAs = (code: Code, error: unknown): Fault => {
  const cause = asFault(error);
  return fault(code, { cause, retryAfterMs: cause.retryAfterMs });
};
