import { expect, test } from '@jest/globals';

import type { RankedHit } from '../retrieval.js';
import { fuseScores, fusionSettings } from './fuse-scores.js';

const hit = (id: string, score: number, coverage = 0): RankedHit => ({
  passage: { id, unit: `note/${id}`, scope: [], records: [], text: id } as never,
  ...{ score, coverage, because: { index: 1 } },
});

const order = (hits: readonly RankedHit[]) => hits.map(({ passage }) => passage.id);

test('where all words stand in one passage, they choose; where none does, meaning does', () => {
  const near = new Map([
    ['near', 0.9],
    ['worded', 0.3],
    ['far', 0.1],
  ]);
  const hits = (coverage: number) => [
    hit('worded', 10, coverage),
    hit('near', 1, 0),
    hit('far', 0),
  ];
  for (const setting of Object.values(fusionSettings)) {
    expect(order(fuseScores(hits(1), near, setting))).toEqual(['worded', 'near', 'far']);
    expect(order(fuseScores(hits(0.05), near, setting))).toEqual(['near', 'worded', 'far']);
  }
});

test('without words at all, what is nearest comes first', () => {
  const near = new Map([
    ['b', 0.7],
    ['a', 0.2],
  ]);
  expect(order(fuseScores([hit('a', 0), hit('b', 0)], near, fusionSettings.unscoped))).toEqual([
    'b',
    'a',
  ]);
});

test('what has no vector yet keeps the place that its words give it', () => {
  const hits = [hit('new', 9, 0.6), hit('old', 3, 0.2), hit('other', 2, 0.1)];
  const near = new Map([
    ['old', 0.5],
    ['other', 0.4],
  ]);
  expect(order(fuseScores(hits, near, fusionSettings.scoped))[0]).toBe('new');
});

test('a hit says how it came to its score', () => {
  const near = new Map([
    ['a', 0.5],
    ['b', 0.25],
  ]);
  const [best] = fuseScores([hit('a', 4, 1), hit('b', 2, 0.5)], near, fusionSettings.unscoped);
  expect(best?.because).toEqual({ index: 1, lexical: 4, meaning: 0.5, weight: 0.2 });
  expect(best?.score).toBeCloseTo(1, 10);
});

test('without a single vector all stays as words ranked it', () => {
  const hits = [hit('a', 4), hit('b', 2)];
  expect(fuseScores(hits, new Map(), fusionSettings.scoped)).toBe(hits);
});
