import type { Clock } from '#libs/kernel';
import type { Documents, Leases } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';
import type { Outbound } from '#libs/ports/outbound';
import type { ApiParts, ProviderApi } from '#libs/ports/provider';
import { faultOfAnswer, isGood } from '#libs/foreign';

import { guesty } from './answers.js';
import { guestyClient } from './client.js';
import { lookUpAt } from './look-ups.js';
import { onlyTold } from './only-told.js';
import { recipesAt } from './recipes.js';
import { tokenKeeper, type GuestyCredentials } from './token-keeper.js';
import { webhooksAt } from './webhooks.js';

export interface GuestyApiOptions extends GuestyCredentials {
  /** Repeats and keeps Guesty's budget. */
  readonly outbound: Outbound;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly account: string;
  /** One name per process, new with each start. */
  readonly holder: string;
  readonly url?: string;
}

/**
 * What Guesty counts per account, over all its tokens: 15 a second, 120 a minute, 5000 an hour. With these, no range
 * of any of them holds more, from any beginning, slices that are spent late included.
 */
const LIMITS = [
  { tokens: 5, perMs: 1_000, burst: 5 },
  { tokens: 100, perMs: 60_000, burst: 10 },
  { tokens: 4_500, perMs: 3_600_000, burst: 300 },
] as const;

/** Guesty's Open API with what settings gave. */
export const openGuestyApi = async ({
  credentials,
  outboundWithin,
  ...parts
}: ApiParts): Promise<ProviderApi> =>
  guestyApi({
    ...parts,
    outbound: await outboundWithin(LIMITS),
    clientId: credentials.text('CLIENT_ID'),
    clientSecret: credentials.secret('CLIENT_SECRET'),
    url: credentials.text('API_URL'),
  });

export const guestyApi = (options: GuestyApiOptions): ProviderApi => {
  const { clientId, clientSecret, url = 'https://open-api.guesty.com', ...ports } = options;
  const tokens = tokenKeeper({ ...ports, url, credentials: { clientId, clientSecret } });
  const client = guestyClient({ ...ports, url, tokens });
  return {
    provider: 'guesty',
    recipes: recipesAt(client),
    onlyTold,
    webhooks: webhooksAt(client, options.sleep),

    async ping() {
      const { answer } = await client.ask({ method: 'GET' }, '/v1/accounts/me');
      if (!isGood(answer)) throw faultOfAnswer(answer, guesty('ping'));
    },

    lookUp: lookUpAt(client),
  };
};
