import { joinBytes, utf8, type Hash, type Secret } from '#libs/kernel';

import { bytesOfBase64 } from './base64.js';

/** A hash, and the size of the blocks it works in. */
interface BlockHash {
  readonly hash: Hash;
  readonly block: number;
}

interface Pads {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

/** Makes the bytes of the key of the text of the secret. */
type KeyOf = (secret: string) => Uint8Array;

/** By block and way of reading, too: one secret may be used with two hashes and be read in two ways. */
const remembered = new Map<number, WeakMap<KeyOf, WeakMap<Secret, Pads>>>();

const hmac = async (
  { hash, block }: BlockHash,
  content: Uint8Array,
  secrets: readonly Secret[],
  keyOf: KeyOf,
): Promise<readonly Uint8Array[]> => {
  const pads = await Promise.all(secrets.map((secret) => padsFor(secret, { hash, block }, keyOf)));
  const inner = await hash(pads.map(({ inner: pad }) => joinBytes(pad, content)));
  return hash(pads.map(({ outer }, i) => joinBytes(outer, inner[i] ?? new Uint8Array())));
};

const padsFor = async (secret: Secret, { hash, block }: BlockHash, keyOf: KeyOf): Promise<Pads> => {
  const padsOf = memoryOf(block, keyOf);
  const known = padsOf.get(secret);
  if (known) return known;
  const key = keyOf(secret.reveal());
  const [short = key] = key.length > block ? await hash([key]) : [key];
  const pads = { inner: padded(short, block, 0x36), outer: padded(short, block, 0x5c) };
  padsOf.set(secret, pads);
  return pads;
};

const memoryOf = (block: number, keyOf: KeyOf): WeakMap<Secret, Pads> => {
  const byKeyOf = remembered.get(block) ?? new WeakMap<KeyOf, WeakMap<Secret, Pads>>();
  remembered.set(block, byKeyOf);
  const padsOf = byKeyOf.get(keyOf) ?? new WeakMap<Secret, Pads>();
  byKeyOf.set(keyOf, padsOf);
  return padsOf;
};

const padded = (key: Uint8Array, block: number, pad: number): Uint8Array =>
  Uint8Array.from({ length: block }, (_, i) => (key[i] ?? 0) ^ pad);

const PREFIX = /^whsec_/;

/** The secret is base64, with `whsec_` before it or not; anything else is taken for the key itself. */
const standardKey = (secret: string): Uint8Array => {
  const text = secret.replace(PREFIX, '');
  return bytesOfBase64(text) ?? utf8(text).slice();
};

/** Every character of the secret counts: `whsec_`, quotes and spaces too. */
export const literalKey = (secret: string): Uint8Array => utf8(secret).slice();

/**
 * HMAC-SHA256 of one content with each secret, in order. Built on the hash that is there already: in Node
 * it answers at once, where WebCrypto would go round by another thread for each delivery.
 */
export const hmacSha256 = (
  content: Uint8Array,
  secrets: readonly Secret[],
  hash: Hash,
  keyOf: KeyOf = standardKey,
): Promise<readonly Uint8Array[]> => hmac({ hash, block: 64 }, content, secrets, keyOf);

/** WebCrypto copies what it hashes, so the inputs may be views of anything. */
const sha512: Hash = (inputs) =>
  Promise.all(
    inputs.map(
      async (input) =>
        new Uint8Array(await globalThis.crypto.subtle.digest('SHA-512', new Uint8Array(input))),
    ),
  );

/** HMAC-SHA512 of one content with each secret, in order. Few senders use it, so no hash is handed in for it. */
export const hmacSha512 = (
  content: Uint8Array,
  secrets: readonly Secret[],
  keyOf: KeyOf,
): Promise<readonly Uint8Array[]> => hmac({ hash: sha512, block: 128 }, content, secrets, keyOf);
