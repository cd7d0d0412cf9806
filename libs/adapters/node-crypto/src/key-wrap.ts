import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
} from 'node:crypto';

import { fault, joinBytes, sameDigest, type Secret } from '#libs/kernel';

import { digest, plainBytes } from './hash.js';
import { RandomPool } from './random-pool.js';

const KEY = 32;
const BINDING = 16;
/** RFC 3394: no nonce, so no bound on how many keys one master key may wrap (GCM's would be 2^32). */
const CIPHER = 'id-aes256-wrap';
const INITIAL = new Uint8Array(8).fill(0xa6);

/** Length of every wrapped key; stores keep them in slots of one size. */
export const WRAPPED_KEY_BYTES = KEY + BINDING + 8;

/** One call for 4,096 keys; each piece is overwritten as soon as it has become a key object. */
const material = new RandomPool(KEY, 4096);

export interface StreamKey {
  readonly key: KeyObject;
  readonly wrapped: Uint8Array;
}

/** Makes stream keys and wraps them; the master key itself is never handed out. */
export interface KeyWrap {
  create(stream: string): StreamKey;
  /** Throws `KEYS_SEALED_BROKEN` for another stream's wrapped key, changed bytes, another master key. */
  unwrap(stream: string, wrapped: Uint8Array): KeyObject;
}

export const keyWrap = (masterKey: Secret<Uint8Array>): KeyWrap => {
  const master = masterKeyObject(masterKey);
  return {
    create(stream) {
      const bytes = material.take();
      const key = createSecretKey(bytes);
      const wrapped = wrap(master, joinBytes(bytes, binding(stream)));
      bytes.fill(0);
      return { key, wrapped };
    },
    unwrap(stream, wrapped) {
      const whole = unwrapped(master, stream, wrapped);
      if (!sameDigest(whole.subarray(KEY), binding(stream))) throw broken(stream);
      const key = createSecretKey(whole.subarray(0, KEY));
      whole.fill(0);
      return key;
    },
  };
};

/** HMAC-SHA256 of each value. */
export const hmacs = (key: KeyObject, values: readonly Uint8Array[]): readonly Uint8Array[] =>
  values.map((value) => plainBytes(createHmac('sha256', key).update(value).digest()));

/** Wrapped beside the key, so that a row moved to another stream does not unwrap there. */
const binding = (stream: string): Uint8Array => digest(Buffer.from(stream)).subarray(0, BINDING);

const wrap = (master: KeyObject, bytes: Uint8Array): Uint8Array => {
  const cipher = createCipheriv(CIPHER, master, INITIAL);
  const wrapped = cipher.update(bytes);
  bytes.fill(0);
  return plainBytes(wrapped);
};

const unwrapped = (master: KeyObject, stream: string, wrapped: Uint8Array): Uint8Array => {
  try {
    const bytes = createDecipheriv(CIPHER, master, INITIAL).update(wrapped);
    if (bytes.length === KEY + BINDING) return bytes;
  } catch (cause) {
    throw broken(stream, cause);
  }
  throw broken(stream);
};

const broken = (stream: string, cause?: unknown) =>
  fault('KEYS_SEALED_BROKEN', { details: { stream, reason: 'wrapped key' }, cause });

const masterKeyObject = (masterKey: Secret<Uint8Array>): KeyObject => {
  const bytes = masterKey.reveal();
  if (bytes.length !== KEY)
    throw fault('MASTER_KEY_WRONG', { details: { expectedBytes: KEY, bytes: bytes.length } });
  return createSecretKey(bytes);
};
