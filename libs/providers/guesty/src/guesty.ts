import { CANARY_EVENT, messageIdFor, signMessage, SIGNATURE_HEADERS } from '#libs/foreign';
import { utf8, webHash } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';

import { events } from './events.js';
import { normaliseAnswer } from './normalise/normalise-answer.js';
import { normalise } from './normalise/normalise.js';
import { prove } from './prove.js';

const printable = /^[\x21-\x7e]+$/;

/** The property manager: reservations, guests, listings, calendars, messages, payments, tasks. */
export const guesty: Provider = {
  name: 'guesty',

  secrets: {
    ending: 'SECRETS',
    means: 'Secrets that sign Guesty’s webhooks, one for each URL; the first is the current one.',
    expects: 'one or two secrets as Guesty shows them (whsec_…), separated by a comma',
    fits: /^(?:whsec_)?(?:[A-Za-z0-9+/]{4}){5,}(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/,
  },

  proofHeaders: SIGNATURE_HEADERS,

  api: {
    events: [...events.keys()],
    credentials: [
      {
        ending: 'CLIENT_ID',
        means: 'Client id of Guesty’s Open API (Integrations → OAuth applications).',
        expects: 'the client id as Guesty shows it',
        fits: printable,
        secret: false,
      },
      {
        ending: 'CLIENT_SECRET',
        means: 'Client secret that goes with the client id.',
        expects: 'the client secret as Guesty shows it',
        fits: printable,
        secret: true,
      },
      {
        ending: 'API_URL',
        means: 'Where Guesty’s Open API is.',
        expects: 'an http or https URL without a path',
        fits: /^https?:\/\/[^/\s@]+$/,
        secret: false,
        byDefault: 'https://open-api.guesty.com',
      },
    ],
    normalise: normaliseAnswer,
    open: async (parts) => (await import('./api/guesty-api.js')).openGuestyApi(parts),
  },

  prove,

  normalise,

  async sign(payload, secret, now) {
    const body = utf8(JSON.stringify(payload)).slice();
    const id = await messageIdFor(body, webHash);
    const signature = await signMessage({ id, body, now }, { secret, hash: webHash }, 'svix');
    return {
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Svix-Webhooks/1.0',
        ...signature,
      },
      body,
    };
  },

  canary: (sentAt) => ({
    event: CANARY_EVENT,
    meta: { publishedAt: new Date(sentAt).toISOString() },
    data: { sentAt },
  }),
};
