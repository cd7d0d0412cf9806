import { joinBytes, type Secret } from '#libs/kernel';

import { bytesOfBase64 } from './base64.js';

export const PUBLIC = 'whpk_';
export const PRIVATE = 'whsk_';

type ImportedKey = Awaited<ReturnType<typeof globalThis.crypto.subtle.importKey>>;

const KEY_LENGTH = 32;
const ALGORITHM = { name: 'Ed25519' };
/** What RFC 8410 writes before the 32 bytes of a private key. */
const PKCS8_HEAD = Uint8Array.from([
  ...[0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06],
  ...[0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20],
]);

const keys = new WeakMap<Secret, Promise<ImportedKey | undefined>>();

/** A key that is none proves nothing, as a signature that does not fit. */
export const verifyEd25519 = async (
  content: Uint8Array,
  signature: Uint8Array,
  secret: Secret,
): Promise<boolean> => {
  const key = await keyFor(secret, publicKey);
  if (!key) return false;
  return globalThis.crypto.subtle.verify(ALGORITHM, key, exact(signature), exact(content));
};

export const signEd25519 = async (content: Uint8Array, secret: Secret): Promise<Uint8Array> => {
  const key = await keyFor(secret, privateKey);
  if (!key) return new Uint8Array();
  return new Uint8Array(await globalThis.crypto.subtle.sign(ALGORITHM, key, exact(content)));
};

const keyFor = (
  secret: Secret,
  read: (secret: Secret) => Promise<ImportedKey | undefined>,
): Promise<ImportedKey | undefined> => {
  const known = keys.get(secret) ?? read(secret);
  keys.set(secret, known);
  return known;
};

const publicKey = async (secret: Secret): Promise<ImportedKey | undefined> => {
  const bytes = bytesOfBase64(secret.reveal().slice(PUBLIC.length));
  if (bytes?.length !== KEY_LENGTH) return undefined;
  return globalThis.crypto.subtle.importKey('raw', exact(bytes), ALGORITHM, false, ['verify']);
};

/** 32 bytes, or 64 with the public key behind them. */
const privateKey = async (secret: Secret): Promise<ImportedKey | undefined> => {
  const seed = bytesOfBase64(secret.reveal().slice(PRIVATE.length))?.subarray(0, KEY_LENGTH);
  if (seed?.length !== KEY_LENGTH) return undefined;
  const pkcs8 = exact(joinBytes(PKCS8_HEAD, seed));
  return globalThis.crypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']);
};

/** WebCrypto takes bytes in memory of their own. */
const exact = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
