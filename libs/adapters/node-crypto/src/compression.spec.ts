import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { compress, expand } from './index.js';
import { utf8 } from '#libs/kernel';

const broken = expect.objectContaining({ code: 'STORED_BYTES_BROKEN' });

describe('compressed bytes', () => {
  it('expand to what they were, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        expect(expand(compress(bytes))).toEqual(bytes);
      }),
    );
  });

  it('are far smaller for a body, and never more than a byte larger', () => {
    const body = utf8(
      JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id, name: 'call' }))),
    );
    expect(compress(body).length).toBeLessThan(body.length / 3);
    const noise = crypto.getRandomValues(new Uint8Array(4000));
    expect(compress(noise)).toHaveLength(4001);
    expect(compress(new Uint8Array(0))).toHaveLength(1);
  });

  it('expand at the limit and not a byte beyond it', () => {
    const zeros = compress(new Uint8Array(100_000));
    expect(expand(zeros, 100_000)).toHaveLength(100_000);
    expect(() => expand(zeros, 99_999)).toThrow(broken);
    const plain = compress(crypto.getRandomValues(new Uint8Array(500)));
    expect(() => expand(plain, 499)).toThrow(broken);
  });

  it.each([
    ['empty', new Uint8Array(0)],
    ['of an unknown format', Uint8Array.of(7, 1, 2)],
    ['cut', compress(new Uint8Array(10_000)).subarray(0, 12)],
    ['no deflate', Uint8Array.of(1, 7, 2, 3, 4)],
  ])('are refused when they are %s', (_, bytes) => {
    expect(() => expand(bytes)).toThrow(broken);
  });
});
