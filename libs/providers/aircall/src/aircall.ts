import { CANARY_EVENT } from '#libs/foreign';
import { utf8 } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';

import { events } from './events.js';
import { normalise } from './normalise/normalise.js';
import { normaliseAnswer } from './normalise/normalise-answer.js';
import { prove } from './prove.js';

/** The phone system: one JSON body for each step in the life of a call, proved by a token in it. */
export const aircall: Provider = {
  name: 'aircall',

  secrets: {
    ending: 'TOKENS',
    means: 'Tokens of Aircall’s webhooks; the first is the current one.',
    expects: 'one or two tokens of at least 8 characters, separated by a comma',
    fits: /^.{8,}$/,
    made: 'token',
  },

  headers: /^aircall-origin$/,

  api: {
    events: [...events.keys()],
    credentials: [
      {
        ending: 'API_ID',
        means: 'The id of Aircall’s API key, made in its dashboard under Integrations & API.',
        expects: 'the id as the dashboard shows it',
        fits: /^\S{4,200}$/,
        secret: false,
      },
      {
        ending: 'API_TOKEN',
        means: 'The token of Aircall’s API key; the dashboard shows it once.',
        expects: 'the token as the dashboard showed it',
        fits: /^\S{8,200}$/,
        secret: true,
      },
      {
        ending: 'API_URL',
        means: 'Where Aircall’s API is; another address is for tests.',
        expects: 'an address with http or https, without a path',
        fits: /^https?:\/\/[^/\s]+$/,
        secret: false,
        byDefault: 'https://api.aircall.io',
      },
    ],
    normalise: normaliseAnswer,
    open: async (parts) => (await import('./api/aircall-api.js')).openAircallApi(parts),
  },

  prove,

  normalise,

  sign(payload, secret, now) {
    const { resource, event, timestamp, token: _old, ...rest } = payload;
    const signed = {
      ...(resource !== undefined && { resource }),
      ...(event !== undefined && { event }),
      timestamp: timestamp ?? Math.floor(now / 1000),
      token: secret.reveal(),
      ...rest,
    };
    return {
      headers: { 'content-type': 'application/json', 'aircall-origin': 'webhooks' },
      body: utf8(JSON.stringify(signed)),
    };
  },

  canary: (sentAt) => ({
    resource: 'innkeeper',
    event: CANARY_EVENT,
    timestamp: Math.floor(sentAt / 1000),
    data: { sentAt },
  }),
};
