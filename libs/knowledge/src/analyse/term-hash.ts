import type { TermHash } from '#libs/ports/search-index';

export type HashTerm = (text: string) => TermHash;

/** The constants of MurmurHash3, 32 bits. */
const FIRST = 0xcc9e2d51;
const SECOND = 0x1b873593;

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

const mixed = (hash: number, unit: number): number =>
  (Math.imul(rotated(hash ^ Math.imul(rotated(Math.imul(unit, FIRST), 15), SECOND), 13), 5) +
    0xe6546b64) |
  0;

const finished = (hash: number): number => {
  let value = hash ^ (hash >>> 16);
  value = Math.imul(value, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
};

const seedOf = (key: Uint8Array, start: number): number =>
  finished(key.reduce((hash, byte) => mixed(hash, byte + 1), start));

/**
 * A keyed hash of a term, from 0 to 2³² - 1. MurmurHash3 over UTF-16 units, with a seed at either end made from the key.
 * It hides words from somebody who has the index but not the key. It is no signature: nothing is proved with it.
 */
export const createTermHash = (key: Uint8Array): HashTerm => {
  const before = seedOf(key, 0x9747b28c);
  const after = seedOf(key, 0x3c6ef372);
  return (text) => {
    let hash = before;
    for (let at = 0; at < text.length; at++) hash = mixed(hash, text.charCodeAt(at));
    return finished(mixed(hash ^ text.length, after));
  };
};
