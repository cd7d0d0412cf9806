import type { Secret } from '#libs/kernel';
import OpenAI from 'openai';

/** A server that speaks as OpenAI does. */
export interface OpenaiServer {
  /** Leads to that server and nowhere else. */
  readonly fetch: typeof globalThis.fetch;
  /** Up to `/v1`, or what else stands before the names of its operations. */
  readonly url: string;
  /** A server of one's own may ask for none. */
  readonly apiKey?: Secret;
}

/** The library reads variables of the environment where it is told nothing: so it is told everything. */
export const openaiClient = ({ fetch, url, apiKey }: OpenaiServer): OpenAI =>
  new OpenAI({
    fetch,
    baseURL: url,
    apiKey: apiKey?.reveal() ?? 'none',
    ...(apiKey === undefined && { defaultHeaders: { authorization: null } }),
    organization: null,
    project: null,
    webhookSecret: null,
    adminAPIKey: null,
    logLevel: 'off',
    // It would wait as long as the other side likes, deaf to our signal.
    maxRetries: 0,
    // `fetch` has limits of its own, finer ones.
    timeout: 600_000,
  });
