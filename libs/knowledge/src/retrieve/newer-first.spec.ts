import { expect, test } from '@jest/globals';

import { newerFirst } from './newer-first.js';
import type { RankedHit } from './retrieval.js';

const DAY_MS = 86_400_000;
const now = Date.UTC(2026, 8, 14);

const hit = (id: string, score: number, daysAgo?: number): RankedHit => ({
  passage: {
    ...{ id, unit: `note/${id}`, path: '0', title: '', text: id, start: 0, end: 1 },
    ...{ records: [`note/${id}`], language: 'en', scope: [], audience: ['staff'] },
    ...(daysAgo !== undefined && { from: now - daysAgo * DAY_MS }),
  },
  ...{ score, coverage: 1, because: {} },
});
const order = (hits: readonly RankedHit[], text = 'what is the code') =>
  newerFirst(hits, { now, text }).map(({ passage }) => passage.id);

test('puts the newer of two that fit alike first, and the one that fits better before both', () => {
  expect(order([hit('a', 1, 300), hit('b', 1, 3), hit('c', 1.2, 900)])).toEqual(['c', 'b', 'a']);
});

test('puts the newer first where the newest is asked for, though the other fits a little better', () => {
  const hits = [hit('a', 1.1, 300), hit('b', 1, 3)];
  expect(order(hits)).toEqual(['a', 'b']);
  expect(order(hits, 'what is the latest code')).toEqual(['b', 'a']);
  expect(order(hits, 'Wie lautet der aktuelle Code?')).toEqual(['b', 'a']);
  expect(order([hit('a', 2, 300), hit('b', 1, 3)], 'the latest code')).toEqual(['a', 'b']);
});

test('takes what has no time for never old, and what is to come for no newer than today', () => {
  expect(order([hit('a', 1), hit('b', 1, 300), hit('c', 1, -30)])).toEqual(['a', 'c', 'b']);
  const untimed = [hit('a', 0.9), hit('b', 1)];
  expect(newerFirst(untimed, { now, text: 'the latest' })).toBe(untimed);
});
