import { proveHeader, signHeader, type HeaderSigning } from '#libs/foreign';
import { utf8, webHash } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';

import { headersOf, type ChosenFields } from './chosen-fields.js';
import { canaryNotice, normaliseNotice, sourceTimeOf } from './notice.js';

/** Senders choose their own secrets, and any character may stand in one. Shorter ones can be guessed. */
export const HMAC_SECRET_FORM = /^[^\n\r]{6,512}$/;

export interface HmacSource {
  readonly signing: HeaderSigning;
  readonly fields: ChosenFields;
}

/**
 * Any sender that writes an HMAC of the body into a header of its own: GitHub, Shopify, Convoy. Such a
 * sender signs no message id, so the bytes of the body are the identity of a delivery.
 */
export const hmacHeader = (name: string, { signing, fields }: HmacSource): Provider => ({
  name,

  secrets: {
    ending: 'SECRETS',
    means: `Secrets of the source ${name}; they stand in INNKEEPER_SOURCES.`,
    expects: 'one or two secrets of at least 6 characters',
    fits: HMAC_SECRET_FORM,
  },

  proofHeaders: [signing.header],
  headers: new RegExp(`^(?:${[signing.header, ...headersOf(fields)].join('|')})$`),

  async prove(request, tools) {
    const proof = await proveHeader(request, signing, tools);
    if (!proof.proved) return proof;
    return { proved: true, sourceTime: sourceTimeOf(request.body, fields) };
  },

  normalise: (input) => normaliseNotice(name, fields, input),

  async sign(payload, secret, now) {
    const body = utf8(JSON.stringify(payload)).slice();
    const signature = await signHeader({ body, now }, signing, { secret, hash: webHash });
    return { headers: { 'content-type': 'application/json', [signing.header]: signature }, body };
  },

  canary: canaryNotice,
});
