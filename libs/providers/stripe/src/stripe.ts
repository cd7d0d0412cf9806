import { CANARY_EVENT, signHeader } from '#libs/foreign';
import { utf8, webHash } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';

import { normalise } from './normalise.js';
import { prove, signing } from './prove.js';

/** The card processor: payments of direct bookings, told one event at a time, signed over the raw body. */
export const stripe: Provider = {
  name: 'stripe',

  secrets: {
    ending: 'SECRETS',
    means: 'Signing secrets of Stripe’s webhook endpoint; the first is the current one.',
    expects: 'one or two secrets as Stripe shows them (whsec_…), separated by a comma',
    fits: /^whsec_[\x21-\x7e]{16,}$/,
  },

  proofHeaders: [signing.header],

  prove,
  normalise,

  async sign(payload, secret, now) {
    const body = utf8(JSON.stringify(payload)).slice();
    const signature = await signHeader({ body, now }, signing, { secret, hash: webHash });
    return {
      headers: { 'content-type': 'application/json', [signing.header]: signature },
      body,
    };
  },

  canary: (sentAt) => ({
    type: CANARY_EVENT,
    created: Math.floor(sentAt / 1000),
    id: `evt_canary${sentAt}`,
  }),
};
