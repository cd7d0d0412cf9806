import { describe, expect, it } from '@jest/globals';

import { bestOf } from './best-of.js';

describe('bestOf', () => {
  const scores = Float32Array.from(
    { length: 9_000 },
    (_, i) => ((i * 7_919) % 9_001) / 9_001 - 0.5,
  );

  it('takes as many as asked for, and no lower score than it leaves', () => {
    for (const most of [1, 2, 100, 8_999]) {
      const best = new Set(bestOf(scores, most));
      expect(best.size).toBe(most);
      const taken = [...best].map((place) => scores[place] ?? 0);
      const left = [...scores].filter((_, place) => !best.has(place));
      // The scores of one bin are nearer to each other than this.
      expect(Math.min(...taken) + 1 / 4_000).toBeGreaterThan(Math.max(...left));
    }
  });

  it('takes all where there are no more, and some where all are alike', () => {
    expect([...bestOf(Float32Array.of(3, 1, 2), 3)]).toEqual([0, 1, 2]);
    expect([...bestOf(new Float32Array(0), 5)]).toEqual([]);
    expect(bestOf(new Float32Array(50).fill(0.25), 7)).toHaveLength(7);
  });
});
