import { messageIdFor, proveMessage, SIGNATURE_HEADERS, signMessage } from '#libs/foreign';
import { utf8, webHash } from '#libs/kernel';
import type { Proof, ProofTools, Provider, RawRequest } from '#libs/ports/provider';

import { headersOf, type ChosenFields } from './chosen-fields.js';
import { canaryNotice, normaliseNotice, sourceTimeOf } from './notice.js';

/** `whsec_` for HMAC, `whpk_` for a sender's public key, `whsk_` where we sign ourselves. */
export const SECRET_FORM = /^(?:(?:whsec|whpk|whsk)_)?[A-Za-z0-9+/_-]{16,}={0,2}$/;

/** Any sender that signs as Standard Webhooks says. Its name, secrets and fields are settings. */
export const standardWebhooks = (name: string, fields: ChosenFields): Provider => ({
  name,

  secrets: {
    ending: 'SECRETS',
    means: `Secrets of the source ${name}; they stand in INNKEEPER_SOURCES.`,
    expects: 'one or two secrets (whsec_… or whpk_…)',
    fits: SECRET_FORM,
  },

  proofHeaders: SIGNATURE_HEADERS,
  headers: new RegExp([...SIGNATURE_HEADERS, ...headersOf(fields)].map(exactly).join('|')),

  prove: (request, tools) => prove(request, tools, fields),

  normalise: (input) => normaliseNotice(name, fields, input),

  async sign(payload, secret, now) {
    const body = utf8(JSON.stringify(payload)).slice();
    const id = await messageIdFor(body, webHash);
    const signature = await signMessage({ id, body, now }, { secret, hash: webHash });
    return { headers: { 'content-type': 'application/json', ...signature }, body };
  },

  canary: canaryNotice,
});

const exactly = (header: string): string => `^${header}$`;

const prove = async (
  request: RawRequest,
  tools: ProofTools,
  fields: ChosenFields,
): Promise<Proof> => {
  const proof = await proveMessage(request, tools);
  if (!proof.proved) return proof;
  return { proved: true, sourceTime: sourceTimeOf(request.body, fields), messageId: proof.id };
};
