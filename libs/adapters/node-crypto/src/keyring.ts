import { fault } from '#libs/kernel';

import { openBytes, sealBytes } from './sealer.js';

/** `null`: the key was destroyed, and that is all there will ever be to know. */
export type KnownKey = Uint8Array | null;

/** What a store found for the streams of one batch. */
export type Keyring = ReadonlyMap<string, KnownKey>;

/** One answer per item, in order; `undefined` under a destroyed key. */
export const sealAll = (
  items: readonly { readonly stream: string; readonly plain: Uint8Array }[],
  keys: Keyring,
): readonly (Uint8Array | undefined)[] =>
  items.map(({ stream, plain }) => {
    const key = keyOf(keys, stream);
    return key ? sealBytes(key, stream, plain) : undefined;
  });

export const openAll = (
  items: readonly { readonly stream: string; readonly sealed: Uint8Array }[],
  keys: Keyring,
): readonly (Uint8Array | undefined)[] =>
  items.map(({ stream, sealed }) => {
    const key = keyOf(keys, stream);
    return key ? openBytes(key, stream, sealed) : undefined;
  });

/** A key that is neither there nor destroyed is a loss, and must never look like an erasure. */
const keyOf = (keys: Keyring, stream: string): KnownKey => {
  const key = keys.get(stream);
  if (key === undefined)
    throw fault('KEYS_SEALED_BROKEN', { details: { stream, reason: 'no key' } });
  return key;
};
