import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { derivedId, isId, randomId } from './index.js';

const digests = fc.uint8Array({ minLength: 32, maxLength: 32 });
const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const timeIn = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

describe('a derived id', () => {
  it('is a UUIDv8 with the source time in its first 48 bits', () => {
    fc.assert(
      fc.property(times, digests, (time, digest) => {
        const id = derivedId(time, digest);
        expect(isId(id)).toBe(true);
        expect(id[14]).toBe('8');
        expect(timeIn(id)).toBe(time);
      }),
    );
  });

  it('is the same for the same cause, and another for another', () => {
    fc.assert(
      fc.property(
        times,
        digests,
        fc.nat(9),
        fc.integer({ min: 1, max: 255 }),
        (time, digest, at, flip) => {
          const other = digest.slice();
          other[at] = (other[at] ?? 0) ^ flip;
          expect(derivedId(time, digest.slice())).toBe(derivedId(time, digest));
          // Six bits of bytes 0 and 2 give way to version and variant; the rest is the digest's.
          if (at !== 0 && at !== 2)
            expect(derivedId(time, other)).not.toBe(derivedId(time, digest));
        },
      ),
    );
  });

  it('sorts by time', () => {
    fc.assert(
      fc.property(times, times, digests, digests, (a, b, one, two) => {
        fc.pre(a !== b);
        expect(derivedId(a, one) < derivedId(b, two)).toBe(a < b);
      }),
    );
  });

  it('has this layout for ever', () => {
    const digest = new Uint8Array(32).fill(0xff);
    expect(derivedId(0x0123_4567_89ab, digest)).toBe('01234567-89ab-8fff-bfff-ffffffffffff');
    expect(derivedId(0, new Uint8Array(32))).toBe('00000000-0000-8000-8000-000000000000');
  });
});

describe('a random id', () => {
  it('is a UUIDv7 with the time in its first 48 bits', () => {
    const now = Date.UTC(2026, 0, 1);
    const id = randomId(now);
    expect(isId(id)).toBe(true);
    expect(id[14]).toBe('7');
    expect(timeIn(id)).toBe(now);
  });

  it('comes once', () => {
    expect(new Set(Array.from({ length: 1000 }, () => randomId(1))).size).toBe(1000);
  });
});

describe('the test for an id', () => {
  it.each([
    '',
    '01234567-89ab-4fff-bfff-ffffffffffff',
    '01234567-89ab-8fff-7fff-ffffffffffff',
    '01234567-89AB-8fff-bfff-ffffffffffff',
    '0123456789ab8fffbfffffffffffffff',
    '01234567-89ab-8fff-bfff-ffffffffffff\n',
    ' 01234567-89ab-8fff-bfff-ffffffffffff',
  ])('says no to %p', (text) => {
    expect(isId(text)).toBe(false);
  });
});
