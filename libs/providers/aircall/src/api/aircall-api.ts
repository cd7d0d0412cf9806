import { faultOfAnswer, isGood } from '#libs/foreign';
import type { ProviderApi } from '#libs/ports/provider';

import { aircallClient, type AircallApiOptions } from './client.js';
import { lookUpAt } from './look-ups.js';
import { onlyTold } from './only-told.js';
import { recipesAt } from './recipes.js';
import { webhooksAt } from './webhooks.js';

/**
 * Aircall's public API. Its reference says 120 requests a minute and its help pages 60: 60 is never wrong,
 * and after a 429 the whole company is shut out for up to a minute. Slices that are spent late included.
 */
export const AIRCALL_LIMITS = [{ tokens: 48, perMs: 60_000, burst: 5 }] as const;

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
