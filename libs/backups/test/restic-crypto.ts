import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto';

/** What opens a restic repository: a key of AES-256-CTR and the two of Poly1305-AES. */
export interface ResticKey {
  readonly encrypt: Uint8Array;
  readonly k: Uint8Array;
  readonly r: Uint8Array;
}

const IV_BYTES = 16;

export const newResticKey = (): ResticKey => keyOf(randomBytes(64));

const keyOf = (bytes: Uint8Array): ResticKey => ({
  encrypt: bytes.subarray(0, 32),
  k: bytes.subarray(32, 48),
  r: bytes.subarray(48, 64),
});

/** The costs that a key file names; the lowest make a command start in milliseconds. */
export interface ScryptCosts {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

export const resticKeyOf = (password: string, salt: Uint8Array, costs: ScryptCosts): ResticKey =>
  keyOf(scryptSync(password, salt, 64, costs));

/** As restic's design describes it: IV, ciphertext, MAC of the ciphertext. */
export const sealForRestic = (text: string, { encrypt, k, r }: ResticKey): Buffer => {
  const iv = randomBytes(IV_BYTES);
  const sealed = createCipheriv('aes-256-ctr', encrypt, iv).update(text);
  const once = createCipheriv('aes-128-ecb', k, null).setAutoPadding(false).update(iv);
  return Buffer.concat([iv, sealed, poly1305(sealed, r, once)]);
};

export const openFromRestic = (file: Uint8Array, { encrypt }: ResticKey): Buffer =>
  createDecipheriv('aes-256-ctr', encrypt, file.subarray(0, IV_BYTES)).update(
    file.subarray(IV_BYTES, -16),
  );

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

const PRIME = (1n << 130n) - 5n;
const CLAMP = 0x0ffffffc0ffffffc0ffffffc0fffffffn;

const littleEndian = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);

/** RFC 8439, 2.5: OpenSSL has it, Node does not hand it out. */
export const poly1305 = (message: Uint8Array, r: Uint8Array, once: Uint8Array): Buffer => {
  const factor = littleEndian(r) & CLAMP;
  let sum = 0n;
  for (let at = 0; at < message.length; at += 16) {
    const block = message.subarray(at, at + 16);
    sum = ((sum + littleEndian(block) + (1n << BigInt(8 * block.length))) * factor) % PRIME;
  }
  const tag = (sum + littleEndian(once)) % (1n << 128n);
  return Buffer.from(tag.toString(16).padStart(32, '0'), 'hex').reverse();
};
