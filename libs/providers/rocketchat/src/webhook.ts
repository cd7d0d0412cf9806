import { CANARY_EVENT } from '#libs/foreign';
import { utf8 } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';

import { normalise } from './normalise.js';
import { prove } from './prove.js';
import { reply } from './reply.js';

/** The outgoing webhook alone, which is all that a door needs: one at the edge is small. */
export const rocketchatWebhook: Provider = {
  name: 'rocketchat',

  secrets: {
    ending: 'TOKENS',
    means:
      'Tokens of Rocket.Chat’s outgoing webhooks: the current one and the one before, or one each of two integrations.',
    expects: 'one or two tokens of at least 8 characters, separated by a comma',
    fits: /^[^\s,]{8,}$/,
  },

  own: {
    ending: 'USER_ID',
    means: 'Id of our own account in Rocket.Chat, not its user name: what it writes is no news.',
    expects: 'an id, such as AwZyTLwwGJm2QkbdE',
    fits: /^[\w.-]{1,100}$/,
  },

  /** A message has 5,000 characters unless a server allows more; with an upload come its room and its author. */
  bodyLimit: 262_144,

  prove,

  normalise,

  reply,

  sign: (payload, secret) => ({
    headers: { 'content-type': 'application/json' },
    body: utf8(JSON.stringify({ token: secret.reveal(), ...without(payload, 'token') })),
  }),

  canary: (sentAt) => ({ bot: false, event: CANARY_EVENT, sentAt }),
};

const without = <T extends object>(object: T, key: string): Partial<T> =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)) as Partial<T>;
