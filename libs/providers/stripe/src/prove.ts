import { instantOfSeconds, jsonObjectOf, proveHeader, type HeaderSigning } from '#libs/foreign';
import type { Proof, ProofTools, RawRequest } from '#libs/ports/provider';

import { eventIdOf } from './read-body.js';

/** `t=<seconds>,v1=<hex>` over the time and the raw body; several `v1` while a secret is replaced. */
export const signing = {
  header: 'stripe-signature',
  hash: 'sha256',
  encoding: 'hex',
  time: { separator: '.', toleranceMs: 5 * 60_000 },
} as const satisfies HeaderSigning;

/** Unlike in Standard Webhooks, the secret is the key as it stands, `whsec_` and all. */
export const prove = async (request: RawRequest, tools: ProofTools): Promise<Proof> => {
  const proof = await proveHeader(request, signing, tools);
  if (!proof.proved) return proof;
  const event = jsonObjectOf(request.body);
  const messageId = event && eventIdOf(event);
  return {
    proved: true,
    sourceTime: instantOfSeconds(event?.created) ?? 0,
    ...(messageId !== undefined && { messageId }),
  };
};
