import { toHex } from './bytes.js';

/** A UUID as text, lower case. */
export type Id = string;

/**
 * UUIDv8: 48 bits of source time, then 74 bits of a digest of the cause. Doing a thing again gives the same id, so
 * the effect happens once. And ids still sort by time, so indexes grow at one end.
 */
export const derivedId = (sourceTime: number, digest: Uint8Array): Id => {
  const bytes = new Uint8Array(16);
  writeTime(bytes, sourceTime);
  bytes.set(digest.subarray(0, 10), 6);
  return stamp(bytes, 0x80);
};

/** UUIDv7: only where a person acts; everything else derives its id from its cause. */
export const randomId = (now: number): Id => {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  writeTime(bytes, now);
  return stamp(bytes, 0x70);
};

const writeTime = (bytes: Uint8Array, time: number): void => {
  const high = Math.floor(time / 0x1_0000_0000);
  bytes[0] = high >>> 8;
  bytes[1] = high;
  bytes[2] = time >>> 24;
  bytes[3] = time >>> 16;
  bytes[4] = time >>> 8;
  bytes[5] = time;
};

const stamp = (bytes: Uint8Array, version: number): Id => {
  bytes[6] = version | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const isId = (text: string): boolean => ID.test(text);
