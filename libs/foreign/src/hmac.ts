import { joinBytes, utf8, type Hash, type Secret } from '#libs/kernel';

import { bytesOfBase64 } from './base64.js';

/** SHA-256 works in blocks of this size. */
const BLOCK = 64;

interface Pads {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

type KeyOf = (secret: string) => Uint8Array;

/** By the way the key is made of the secret, too: one secret may be read in two ways. */
const remembered = new WeakMap<KeyOf, WeakMap<Secret, Pads>>();

/**
 * HMAC-SHA256 of one content with each secret, in order. Built on the hash that is there already: in Node
 * it answers at once, where WebCrypto would go round by another thread for each delivery.
 */
export const hmacSha256 = async (
  content: Uint8Array,
  secrets: readonly Secret[],
  hash: Hash,
  keyOf: KeyOf = standardKey,
): Promise<readonly Uint8Array[]> => {
  const pads = await Promise.all(secrets.map((secret) => padsFor(secret, hash, keyOf)));
  const inner = await hash(pads.map(({ inner: pad }) => joinBytes(pad, content)));
  return hash(pads.map(({ outer }, i) => joinBytes(outer, inner[i] ?? new Uint8Array())));
};

const padsFor = async (secret: Secret, hash: Hash, keyOf: KeyOf): Promise<Pads> => {
  const padsOf = remembered.get(keyOf) ?? new WeakMap<Secret, Pads>();
  remembered.set(keyOf, padsOf);
  const known = padsOf.get(secret);
  if (known) return known;
  const key = keyOf(secret.reveal());
  const [short = key] = key.length > BLOCK ? await hash([key]) : [key];
  const pads = { inner: padded(short, 0x36), outer: padded(short, 0x5c) };
  padsOf.set(secret, pads);
  return pads;
};

const padded = (key: Uint8Array, pad: number): Uint8Array =>
  Uint8Array.from({ length: BLOCK }, (_, i) => (key[i] ?? 0) ^ pad);

const PREFIX = /^whsec_/;

/** The secret is base64, with `whsec_` before it or not; anything else is taken for the key itself. */
const standardKey = (secret: string): Uint8Array => {
  const text = secret.replace(PREFIX, '');
  return bytesOfBase64(text) ?? utf8(text).slice();
};
