import { proveMessage } from '#libs/foreign';
import type { Proof, ProofTools, RawRequest } from '#libs/ports/provider';

import { sourceTimeOf } from './envelope.js';

/** Svix carries Guesty's webhooks: the raw bytes are signed, and only what is proved is parsed. */
export const prove = async (request: RawRequest, tools: ProofTools): Promise<Proof> => {
  const proof = await proveMessage(request, tools);
  if (!proof.proved) return proof;
  return { proved: true, sourceTime: sourceTimeOf(request.body), messageId: proof.id };
};
