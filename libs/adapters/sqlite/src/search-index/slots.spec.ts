import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { packSlots, unpackSlots } from './slots.js';

describe('slots of a unit', () => {
  it('come back from their bytes', () => {
    const slots = fc.uniqueArray(fc.nat({ max: 0x7fffffff }), { maxLength: 200 });
    fc.assert(
      fc.property(slots, (some) => {
        const sorted = some.sort((a, b) => a - b);
        expect(unpackSlots(packSlots(sorted))).toEqual(sorted);
      }),
    );
  });

  it('take a byte each where they lie close together', () => {
    expect(packSlots([5, 6, 100, 227])).toHaveLength(4);
    expect(packSlots([])).toHaveLength(0);
  });
});
