import { joinBytes, toHex, utf8, type Hash } from '#libs/kernel';

import type { Passage } from '../passages/passage.js';

/** So much of a hash tells two texts apart. */
const HASH_BYTES = 12;

/** Of what a passage says, made with the key of its generation. It tells whether a text is still the one indexed. */
export const passageHashes = async (
  hash: Hash,
  key: Uint8Array,
  passages: readonly Pick<Passage, 'text' | 'title'>[],
): Promise<readonly string[]> =>
  keyedHashes(
    hash,
    key,
    passages.map(({ title, text }) => `${title}\n${text}`),
  );

export const keyedHashes = async (
  hash: Hash,
  key: Uint8Array,
  texts: readonly string[],
): Promise<readonly string[]> => {
  const hashed = await hash(texts.map((text) => joinBytes(key, utf8(text))));
  return hashed.map((bytes) => toHex(bytes.subarray(0, HASH_BYTES)));
};
