import type { Awaitable } from './awaitable.js';

/** SHA-256 of each input, in order. Node answers at once, WebCrypto later. */
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
