import { expect, test } from '@jest/globals';

import { figuresOf, type QueryOutcome } from './figures.js';

const outcome = (
  ranked: readonly string[],
  grades: Readonly<Record<string, number>>,
  more: Partial<QueryOutcome> = {},
): QueryOutcome => ({
  ranked: ranked.map((document) => ({ document, scope: [document.slice(0, 1)] })),
  grades: new Map(Object.entries(grades)),
  scopes: new Set(Object.keys(grades).map((document) => document.slice(0, 1))),
  decision: 'answer',
  scopeState: 'none',
  ms: 2,
  ...more,
});

test('counts what a perfect order gives as 1', () => {
  const figures = figuresOf([outcome(['a1', 'a2', 'a3'], { a1: 3, a2: 1, a3: 0 })]);
  expect(figures).toMatchObject({
    'ndcg@10': 1,
    'recall@5': 1,
    'mrr@10': 1,
    'r@1': 1,
    'outside@10': 0,
  });
});

test('discounts a gain by the place it stands at, as trec_eval does', () => {
  const [b, c] = [1 / Math.log2(3), 1 / Math.log2(4)];
  const figures = figuresOf([outcome(['x', 'b', 'c'], { a: 2, b: 1, c: 2 })]);
  expect(figures['ndcg@10']).toBeCloseTo((b + 2 * c) / (2 + 2 * b + c), 10);
  expect(figures['recall@10']).toBeCloseTo(2 / 3);
  expect(figures['mrr@10']).toBe(0.5);
  expect(figures['r@1']).toBe(0);
});

test('takes its means over queries that have a relevant document', () => {
  const figures = figuresOf([outcome(['a'], { a: 1 }), outcome(['a'], { b: 0 }), outcome([], {})]);
  expect(figures).toMatchObject({ queries: 1, 'recall@100': 1 });
});

test('tells the share of hits that are about something else', () => {
  const figures = figuresOf([
    outcome(['a1', 'b1', 'b2', 'a2'], { a1: 1 }, { scopeState: 'found' }),
    outcome(['b1', 'b2'], { a1: 1 }, { scopeState: 'none' }),
  ]);
  expect(figures['outside@10']).toBeCloseTo(4 / 6);
  expect(figures.scope).toEqual({ decided: 0.5, ambiguous: 0, 'outside@10': 0.5 });
});

test('tells what was decided for what was expected', () => {
  const figures = figuresOf([
    outcome([], {}, { expects: 'abstain', decision: 'abstain' }),
    outcome([], {}, { expects: 'abstain', decision: 'ask' }),
    outcome([], {}, { expects: 'answer', decision: 'answer' }),
  ]);
  expect(figures.expects).toEqual({
    answer: { answered: 1, abstained: 0, asked: 0 },
    abstain: { answered: 0, abstained: 0.5, asked: 0.5 },
  });
});
