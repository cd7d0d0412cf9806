import { utf8, webHash, type Code, type JsonObject, type Secret } from '#libs/kernel';

import { CANARY_EVENT, jsonObjectOf } from './delivery-reading.js';
import { instant } from './read-foreign.js';
import {
  messageIdFor,
  proveMessage,
  signMessage,
  type MessageKeys,
  type SignedMessage,
} from './signed-message.js';

export type SavedProof =
  | { readonly proved: true; readonly sourceTime: number; readonly messageId: string }
  | { readonly proved: false; readonly code: Code };

/** Sources whose form is ours: signed as Standard Webhooks say, with their own time in `savedAt`. */
export const proveSaved = async (
  message: SignedMessage,
  keys: MessageKeys,
): Promise<SavedProof> => {
  const proof = await proveMessage(message, keys);
  if (!proof.proved) return proof;
  const sourceTime = instant(jsonObjectOf(message.body)?.['savedAt']) ?? 0;
  return { proved: true, sourceTime, messageId: proof.id };
};

export const signSaved = async (payload: JsonObject, secret: Secret, now: number) => {
  const body = utf8(JSON.stringify(payload)).slice();
  const id = await messageIdFor(body, webHash);
  const signature = await signMessage({ id, body, now }, { secret, hash: webHash });
  return { headers: { 'content-type': 'application/json', ...signature }, body };
};

export const canarySaved = (sentAt: number): JsonObject => ({
  event: CANARY_EVENT,
  savedAt: new Date(sentAt).toISOString(),
});
