import { brotliCompressSync, brotliDecompressSync, constants, inflateRawSync } from 'node:zlib';

import { fault, joinBytes } from '#libs/kernel';

import { plainBytes } from './hash.js';

const PLAIN = 0;
/** Read still; nothing is written so any more. */
const DEFLATE = 1;
const BROTLI = 2;
/** Bodies are a few kilobytes: zlib's usual 16 kB of output per call would be mostly empty. */
const CHUNK = 2048;
const LARGE_CHUNK = 64 * 1024;

/** Four times the largest body a door takes: room for its headers and for what wraps it. */
const EXPANDED_LIMIT = 4 * 1024 * 1024;

/** Nearly as small as deflate or zstd make a body of 3 kB, for two thirds of their time. */
const BROTLI_PARAMS = {
  [constants.BROTLI_PARAM_QUALITY]: 0,
  [constants.BROTLI_PARAM_LGWIN]: 16,
};

/** A format byte, then what Brotli makes of the bytes, or the bytes as they are where that is not larger. */
export const compress = (bytes: Uint8Array): Uint8Array => {
  const packed = brotliCompressSync(bytes, {
    params: BROTLI_PARAMS,
    chunkSize: chunkFor(bytes.length),
  });
  return packed.length < bytes.length ? framed(BROTLI, packed) : framed(PLAIN, bytes);
};

/** Never makes more than `limit` bytes, for any claim of the packed bytes. */
export const expand = (framedBytes: Uint8Array, limit = EXPANDED_LIMIT): Uint8Array => {
  const body = framedBytes.subarray(1);
  const options = { maxOutputLength: limit, chunkSize: chunkFor(body.length * 4) };
  try {
    if (framedBytes[0] === BROTLI) return plainBytes(brotliDecompressSync(body, options));
    if (framedBytes[0] === DEFLATE) return plainBytes(inflateRawSync(body, options));
  } catch (cause) {
    throw fault('STORED_BYTES_BROKEN', { details: { limit }, cause });
  }
  if (framedBytes[0] === PLAIN && body.length <= limit) return body.slice();
  throw fault('STORED_BYTES_BROKEN', { details: { limit } });
};

const chunkFor = (length: number): number => (length > CHUNK * 4 ? LARGE_CHUNK : CHUNK);

const framed = (format: number, body: Uint8Array): Uint8Array =>
  joinBytes(Uint8Array.of(format), body);
