import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { createTermHash } from './term-hash.js';

const keyOf = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

describe('the hash of a term', () => {
  it('is the same for the same key, in 32 bits', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const hash = createTermHash(keyOf(1))(text);
        expect(hash).toBe(createTermHash(keyOf(1))(text));
        expect(hash).toBe(hash >>> 0);
      }),
    );
  });

  it('is another one for another key, also if the last byte alone differs', () => {
    const other = keyOf(1);
    other[31] = 2;
    const words = Array.from({ length: 1000 }, (_, index) => `word${index}`);
    const [one, two] = [createTermHash(keyOf(1)), createTermHash(other)];
    expect(words.filter((word) => one(word) === two(word))).toEqual([]);
  });

  it('tells 200,000 words apart about as well as 32 bits can', () => {
    const hash = createTermHash(keyOf(7));
    const hashes = new Set<number>();
    for (let index = 0; index < 200_000; index++) hashes.add(hash(`w${index.toString(36)}`));
    // By chance five of them meet; a hash that spreads badly loses thousands.
    expect(hashes.size).toBeGreaterThan(199_970);
  });
});
