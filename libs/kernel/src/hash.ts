import type { Awaitable } from './awaitable.js';

/**
 * SHA-256 of each input, in order. Node answers at once, WebCrypto later; either has read its inputs when
 * it returns, so that their memory may be used again.
 */
export type Hash = (inputs: readonly Uint8Array[]) => Awaitable<readonly Uint8Array[]>;

export const webHash: Hash = (inputs) =>
  Promise.all(
    inputs.map(
      async (input) =>
        new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array(input))),
    ),
  );

/** Compares two digests in a time that depends on neither: XOR over every byte. */
export const sameDigest = (a: Uint8Array, b: Uint8Array): boolean => {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
};

/**
 * Compares a text from outside with a secret, in a time that depends only on the length of that text. Every byte of
 * it is read, no matter where the first difference is and how long the secret is.
 */
export const sameAsSecret = (said: Uint8Array, secret: Uint8Array): boolean => {
  let difference = said.length ^ secret.length;
  for (let i = 0; i < said.length; i++)
    difference |= (said[i] ?? 0) ^ (secret[i % secret.length] ?? 0);
  return difference === 0;
};
