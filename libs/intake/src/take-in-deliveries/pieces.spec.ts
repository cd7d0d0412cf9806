import { describe, expect, it } from '@jest/globals';

import { piecesOf } from './pieces.js';

const ofSizes = (...sizes: number[]): readonly Uint8Array[] =>
  sizes.map((size) => new Uint8Array(size));
const sizesOf = (pieces: readonly (readonly Uint8Array[])[]): number[][] =>
  pieces.map((piece) => piece.map(({ length }) => length));

describe('pieces of a batch of messages', () => {
  it('hold as many as fit, in order', () => {
    expect(sizesOf(piecesOf(ofSizes(4, 5, 1, 1, 9), 10))).toEqual([
      [4, 5, 1],
      [1, 9],
    ]);
  });

  it('let a message that is larger stand alone', () => {
    expect(sizesOf(piecesOf(ofSizes(1, 30, 1), 10))).toEqual([[1], [30], [1]]);
  });

  it('are none of nothing, and one of few small messages', () => {
    expect(piecesOf([])).toEqual([]);
    expect(sizesOf(piecesOf(ofSizes(...Array<number>(256).fill(3_000))))).toHaveLength(1);
  });
});
