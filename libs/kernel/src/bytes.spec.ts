import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { fromHex, joinBytes, strictTextOf, textOf, toHex, utf8, utf8Before } from './index.js';

describe('bytes', () => {
  it('go to hex and back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });

  it('join in order', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), (parts) => {
        expect(Buffer.from(joinBytes(...parts)).equals(Buffer.concat(parts))).toBe(true);
      }),
    );
  });

  it('are text and back, a byte order mark included where it counts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(strictTextOf(utf8(text))).toBe(text);
      }),
    );
    expect(strictTextOf(utf8('\ufeffa'))).toBe('\ufeffa');
  });

  it('joined are their own, small and large', () => {
    const sizes = [0, 1, 5_000, 16_000, 16_384, 16_385, 70_000, 3, 3];
    const joined = sizes.map((size, i) => joinBytes(new Uint8Array(size).fill(i), utf8('.')));
    joined.forEach((bytes, i) => {
      expect(bytes).toHaveLength((sizes[i] ?? 0) + 1);
      expect(bytes.subarray(0, -1).every((byte) => byte === i)).toBe(true);
    });
  });

  it('of texts are their own, however many share a piece of memory', () => {
    const texts = Array.from({ length: 3_000 }, (_, i) => `${'ä'.repeat(i)}\ud800${i}`);
    const encoded = texts.map(utf8);
    encoded.forEach((bytes, i) => {
      if (!Buffer.from(bytes).equals(Buffer.from(texts[i] ?? ''))) throw new Error(`text ${i}`);
    });
    expect(utf8('')).toEqual(new Uint8Array());
  });

  it('may have a text before them, however long either is', () => {
    for (const [letters, count] of [
      [0, 0],
      [3, 2_700],
      [2_000, 9_000],
      [6_000, 3],
      [9, 70_000],
    ] as const)
      for (const letter of ['a', '€']) {
        const text = letter.repeat(letters);
        const bytes = new Uint8Array(count).fill(7);
        const joined = utf8Before(text, bytes);
        utf8Before('x'.repeat(40), bytes);
        expect(Buffer.from(joined).equals(Buffer.concat([Buffer.from(text), bytes]))).toBe(true);
      }
  });

  it('that are no UTF-8 are refused where that matters, else replaced', () => {
    expect(() => strictTextOf(Uint8Array.of(0x61, 0xff))).toThrow();
    expect(textOf(Uint8Array.of(0x61, 0xff))).toBe('a\ufffd');
  });
});
