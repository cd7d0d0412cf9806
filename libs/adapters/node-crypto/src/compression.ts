import { deflateRawSync, inflateRawSync } from 'node:zlib';

import { fault } from '#libs/kernel';

import { plainBytes } from './hash.js';

const PLAIN = 0;
const DEFLATE = 1;
/** Bodies are a few kilobytes: zlib's usual 16 kB of output per call would be mostly empty. */
const CHUNK = 4096;
const LARGE_CHUNK = 64 * 1024;

/** Four times the largest body a door takes: room for its headers and for what wraps it. */
const EXPANDED_LIMIT = 4 * 1024 * 1024;

/**
 * As small as zstd makes a body of 3 kB, for two thirds of its time: each call here makes a context, and
 * a window is enough that is hardly larger than the body.
 */
const DEFLATE_OPTIONS = { level: 1, windowBits: 12, memLevel: 5 };

/** A format byte, then raw deflate, or the bytes as they are where that is not larger. */
export const compress = (bytes: Uint8Array): Uint8Array => {
  const packed = deflateRawSync(bytes, {
    ...DEFLATE_OPTIONS,
    chunkSize: chunkFor(bytes.length),
  });
  return packed.length < bytes.length ? framed(DEFLATE, packed) : framed(PLAIN, bytes);
};

/** Never makes more than `limit` bytes, whatever the packed bytes claim. */
export const expand = (framedBytes: Uint8Array, limit = EXPANDED_LIMIT): Uint8Array => {
  const body = framedBytes.subarray(1);
  if (framedBytes[0] === PLAIN && body.length <= limit) return body.slice();
  if (framedBytes[0] !== DEFLATE) throw fault('STORED_BYTES_BROKEN', { details: { limit } });
  try {
    return plainBytes(
      inflateRawSync(body, { maxOutputLength: limit, chunkSize: chunkFor(body.length * 4) }),
    );
  } catch (cause) {
    throw fault('STORED_BYTES_BROKEN', { details: { limit }, cause });
  }
};

const chunkFor = (length: number): number => (length > CHUNK * 4 ? LARGE_CHUNK : CHUNK);

const framed = (format: number, body: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(1 + body.length);
  whole[0] = format;
  whole.set(body, 1);
  return whole;
};
