import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';

import { fault, joinBytes } from '#libs/kernel';

import { plainBytes } from './hash.js';
import { RandomPool } from './random-pool.js';

/** The first byte of everything sealed, so that another cipher can follow without a guess. */
const FORMAT = 1;
const FORMAT_BYTE = Uint8Array.of(FORMAT);
const NONCE = 12;
const TAG = 16;
const FRAME = 1 + NONCE + TAG;
const CIPHER = 'aes-256-gcm';

/** GCM allows 2^32 random nonces under one key; a stream's key sees as many as the stream has facts. */
const nonces = new RandomPool(NONCE, 1024);

/**
 * AES-256-GCM: format, nonce, cipher text, tag; the order WebCrypto has, too. The stream's name is
 * authenticated with it, so the bytes open under no other name, even with the right key.
 */
export const sealBytes = (key: Uint8Array, stream: string, plain: Uint8Array): Uint8Array => {
  const nonce = nonces.take();
  const cipher = createCipheriv(CIPHER, createSecretKey(key), nonce);
  cipher.setAAD(Buffer.from(stream));
  const text = cipher.update(plain);
  cipher.final();
  return joinBytes(FORMAT_BYTE, nonce, text, cipher.getAuthTag());
};

export const openBytes = (key: Uint8Array, stream: string, sealed: Uint8Array): Uint8Array => {
  if (sealed.length < FRAME || sealed[0] !== FORMAT)
    throw fault('KEYS_SEALED_BROKEN', { details: { stream, reason: 'format' } });
  const end = sealed.length - TAG;
  const decipher = createDecipheriv(CIPHER, createSecretKey(key), sealed.subarray(1, 1 + NONCE), {
    authTagLength: TAG,
  });
  decipher.setAAD(Buffer.from(stream));
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(1 + NONCE, end));
  try {
    decipher.final();
  } catch (cause) {
    throw fault('KEYS_SEALED_BROKEN', { details: { stream, reason: 'tag' }, cause });
  }
  return plainBytes(plain);
};
