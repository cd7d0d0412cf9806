import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { acceptedOf } from './accepted.js';

const counting = (refused: ReadonlySet<string>) => {
  const tried: (readonly string[])[] = [];
  const takes = async (names: readonly string[]): Promise<boolean> => {
    tried.push(names);
    return !names.some((name) => refused.has(name));
  };
  return { tried, takes };
};

describe('what the other side takes', () => {
  it('is all there is, in one try, where nothing is refused', async () => {
    const { tried, takes } = counting(new Set());
    expect(await acceptedOf(['a', 'b', 'c'], takes)).toEqual(['a', 'b', 'c']);
    expect(tried).toHaveLength(1);
    expect(await acceptedOf([], takes)).toEqual([]);
  });

  it('is everything but what is refused, in order, and stands at the end as it was taken', async () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(names, fc.array(fc.nat(39)), async (wanted, places) => {
        const refused = new Set(places.flatMap((place) => wanted[place] ?? []));
        const { tried, takes } = counting(refused);
        const taken = await acceptedOf(wanted, takes);
        expect(taken).toEqual(wanted.filter((name) => !refused.has(name)));
        const last = tried.filter((of) => !of.some((name) => refused.has(name))).at(-1) ?? [];
        expect(last).toEqual(taken);
      }),
    );
  });

  it('costs few tries for few refusals', async () => {
    const wanted = Array.from({ length: 64 }, (_, i) => `event ${i}`);
    const { tried, takes } = counting(new Set(['event 5', 'event 40']));
    await acceptedOf(wanted, takes);
    expect(tried.length).toBeLessThan(30);
  });
});
