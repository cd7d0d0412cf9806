import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { backoffDelay } from './index.js';

describe('the delay before a repetition', () => {
  it('lies in the upper half of the doubled delay, never above the most', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.integer({ min: 5000, max: 10 ** 7 }),
        fc.integer({ min: 1, max: 5000 }),
        chance,
        (first, most, attempt, random) => {
          const whole = first === 0 ? 0 : Math.min(most, first * 2 ** (attempt - 1));
          const delay = backoffDelay({ first, most }, attempt, () => random);
          expect(delay).toBeGreaterThanOrEqual(Math.floor(whole / 2));
          expect(delay).toBeLessThanOrEqual(Math.ceil(whole));
          expect(Number.isInteger(delay)).toBe(true);
        },
      ),
    );
  });

  it('doubles', () => {
    const delays = [1, 2, 3, 4, 5].map((attempt) =>
      backoffDelay({ first: 100, most: 900 }, attempt, () => 0),
    );
    expect(delays).toEqual([50, 100, 200, 400, 450]);
  });

  it('stays a number however often it failed', () => {
    expect(backoffDelay({ first: 0, most: 900 }, 5000, () => 0.5)).toBe(0);
    expect(backoffDelay({ first: 100, most: 900 }, Infinity, () => 0)).toBe(450);
  });

  it('takes an attempt before the first as the first', () => {
    expect(backoffDelay({ first: 100, most: 900 }, 0, () => 0)).toBe(50);
    expect(backoffDelay({ first: 100, most: 900 }, -3, () => 0)).toBe(50);
  });
});
