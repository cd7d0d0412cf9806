import { faultOfAnswer, isGood } from '#libs/foreign';
import type { OutboundAnswer } from '#libs/ports/outbound';
import type { ApiParts, ProviderApi } from '#libs/ports/provider';

import { aircallClient, type AircallApiOptions } from './client.js';
import { lookUpAt } from './look-ups.js';
import { onlyTold } from './only-told.js';
import { recipesAt } from './recipes.js';
import { webhooksAt } from './webhooks.js';

/**
 * Aircall's public API. Its reference says 120 requests a minute and its help pages 60. 60 is never wrong, and after
 * a 429 the whole company is shut out for up to a minute. Slices that are spent late included.
 */
const LIMITS = [{ tokens: 48, perMs: 60_000, burst: 5 }] as const;

const MINUTE = 60_000;

/** Its 429 names the second at which the company is let in again, or nothing: a minute at most. */
export const waitIn = (
  { status, headers }: Pick<OutboundAnswer, 'status' | 'headers'>,
  now: number,
): number | undefined => {
  if (status !== 429) return undefined;
  const wait = Number(headers['x-aircallapi-reset']) * 1000 - now;
  return wait > 0 && wait <= MINUTE ? wait : MINUTE;
};

/** Aircall's API with what settings gave. */
export const openAircallApi = async ({
  clock,
  credentials,
  outboundWithin,
}: ApiParts): Promise<ProviderApi> =>
  aircallApi({
    outbound: await outboundWithin(LIMITS, waitIn),
    clock,
    apiId: credentials.text('API_ID'),
    apiToken: credentials.secret('API_TOKEN'),
    url: credentials.text('API_URL'),
  });

export const aircallApi = (options: AircallApiOptions): ProviderApi => {
  const client = aircallClient(options);
  return {
    provider: 'aircall',
    recipes: recipesAt(client, options.clock),
    onlyTold,
    webhooks: webhooksAt(client),

    async ping() {
      const { answer } = await client.ask({ method: 'GET' }, '/v1/ping');
      if (!isGood(answer)) throw faultOfAnswer(answer, { provider: 'aircall', entity: 'ping' });
    },

    lookUp: lookUpAt(client),
  };
};
