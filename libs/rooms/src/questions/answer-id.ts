import { derivedId, toHex, utf8, type Id } from '#libs/kernel';

import type { RoomsParts } from '../rooms-parts.js';

type FingerprintParts = Pick<RoomsParts, 'keys'>;

const digestOf = async ({ keys }: FingerprintParts, text: string): Promise<Uint8Array> => {
  const [digest = new Uint8Array()] = await keys.fingerprint([utf8(text)]);
  return digest;
};

const ANSWER_ID_BYTES = 12;

/** The chat's id of the message with the answer: the same in every process, and not to be guessed. */
export const answerIdOf = async (parts: FingerprintParts, message: string): Promise<string> =>
  toHex((await digestOf(parts, `room answer\n${message}`)).subarray(0, ANSWER_ID_BYTES));

/** The id of what a message asks in its dialogue; each revision is a question of its own. */
export const questionIdOf = async (
  parts: FingerprintParts,
  { message, revision }: { readonly message: string; readonly revision: number },
): Promise<Id> => derivedId(0, await digestOf(parts, `room question\n${message}@${revision}`));

/** By which what a message shows is compared; its words are kept nowhere. */
export const shownDigest = async (parts: FingerprintParts, text: string): Promise<string> =>
  toHex(await digestOf(parts, `room text\n${text}`));
