import createClient, { type Client } from 'openapi-fetch';
import type { z } from 'zod';

import type { FleetWatch } from '#libs/ports/server-fleet';

import type { paths } from './generated/hcloud.js';
import { LIMITS, type HetznerFleetOptions } from './options.js';
import { refusalIn, unreachable, type HetznerRefusal } from './trouble.js';

/** As `openapi-fetch` answers. */
interface HetznerAnswer<D> {
  readonly data?: D;
  readonly error?: unknown;
  readonly response: Response;
}

export interface HetznerAsked<O, D> {
  readonly schema: z.ZodType<O, D>;
  readonly call: (api: Client<paths>, signal: AbortSignal) => Promise<HetznerAnswer<D>>;
  readonly watch: FleetWatch;
}

export type HetznerOutcome<O> = { readonly value: O } | { readonly refused: HetznerRefusal };

export const isRefused = <O>(
  outcome: HetznerOutcome<O>,
): outcome is { readonly refused: HetznerRefusal } => 'refused' in outcome;

/** One call with a time limit. Throws what is no answer to what was asked. */
export type AskHetzner = <O, D>(asked: HetznerAsked<O, D>) => Promise<HetznerOutcome<O>>;

export const hetznerClient = (options: HetznerFleetOptions): AskHetzner => {
  const { clock } = options;
  const { callMs } = { ...LIMITS, ...options.limits };
  const api = createClient<paths>({
    baseUrl: options.url.replace(/\/+$/, ''),
    fetch: sender(options),
  });

  return async ({ schema, call, watch: { signal } }) => {
    signal.throwIfAborted();
    const late = AbortSignal.timeout(callMs);
    const answer = await call(api, AbortSignal.any([signal, late])).catch((error: unknown) => {
      signal.throwIfAborted();
      // What a sender throws may hold what was sent, so it stays here.
      if (late.aborted) throw unreachable('too_slow');
      throw unreachable(error instanceof SyntaxError ? 'answer' : 'connection');
    });
    if (!answer.response.ok) return { refused: refusalIn(answer.response, answer.error, clock) };
    const parsed = schema.safeParse(answer.data);
    if (!parsed.success) throw unreachable('answer');
    return { value: parsed.data };
  };
};

/** The token is put in here and nowhere else, so that no request that somebody holds has it. */
const sender =
  ({ fetch, token }: HetznerFleetOptions) =>
  async (request: Request): Promise<Response> => {
    const { url, method, signal } = request;
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${token.reveal()}`);
    const body = method === 'POST' ? await request.text() : undefined;
    return fetch(url, { method, headers, signal, ...(body !== undefined && { body }) });
  };
