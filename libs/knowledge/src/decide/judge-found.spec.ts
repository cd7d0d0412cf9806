import { expect, test } from '@jest/globals';

import type { Found, FoundScope, SearchHit } from '../retrieve/retrieval.js';
import { askedSortOf, holdsSort } from './asked-sort.js';
import { judgeFound } from './judge-found.js';

const hit = (
  n: number,
  coverage: number,
  scope: string,
  text = 'The code is 4711.',
): SearchHit => ({
  passage: {
    id: String(n),
    unit: `note/${n}`,
    path: '0',
    title: '',
    text,
    start: 0,
    end: text.length,
    records: [`note/${n}`],
    language: 'en',
    scope: [scope],
    audience: ['staff'],
  },
  score: coverage * 10 - n,
  coverage,
  about: scope === '' ? [] : [scope],
  because: {},
});
const found = (hits: readonly SearchHit[], state: FoundScope['state'] = 'none'): Found => ({
  asked: '',
  analysis: { languages: ['en'], faint: [], words: [] },
  scope: { state, ids: [], choices: [] },
  hits,
  dropped: 0,
  steps: [],
});
const question = 'What is the code of the front door?';

test('answers where what is asked stands in what was found', () => {
  const { decision, sureness } = judgeFound(question, found([hit(1, 0.9, 'a')], 'found'));
  expect(decision).toBe('answer');
  expect(sureness).toBeGreaterThan(0.6);
});

test('abstains where little of it stands there, and where nothing was found', () => {
  expect(judgeFound(question, found([hit(1, 0.2, 'a')], 'found')).decision).toBe('abstain');
  expect(judgeFound(question, found([], 'found')).decision).toBe('abstain');
});

test('answers where one home alone says it, and where what says it holds for all', () => {
  const aboutOne = [hit(0, 0.9, 'a'), ...['b', 'c', 'd'].map((scope) => hit(1, 0.4, scope))];
  expect(judgeFound(question, found(aboutOne)).decision).toBe('answer');
  const aboutAll = [hit(0, 0.9, ''), ...['b', 'c', 'd'].map((scope) => hit(0, 0.9, scope))];
  expect(judgeFound(question, found(aboutAll)).decision).toBe('answer');
});

test('asks back where two homes are meant alike', () => {
  expect(judgeFound(question, found([hit(1, 1, 'a')], 'ambiguous')).decision).toBe('ask');
});

test('asks back where nothing is named and the best hits are about several homes', () => {
  const hits = ['a', 'b', 'c', 'd'].map((scope, i) => hit(i, 0.9, scope));
  expect(judgeFound(question, found(hits)).decision).toBe('ask');
  expect(judgeFound('Which homes have a code at the door?', found(hits)).decision).toBe('answer');
});

test.each([
  ['How many towels are there?', 'number'],
  ['Um wie viel Uhr ist Check-out?', 'time'],
  ['¿Dónde está la llave?', 'place'],
  ['Who called twice?', 'person'],
  ['Y a-t-il un parking ?', 'yes-no'],
  ['Is the pool heated?', 'yes-no'],
  ['Tell me about the sauna', 'open'],
])('%p asks for a %s', (text, sort) => {
  expect(askedSortOf(text)).toBe(sort);
});

test('tells whether a text holds what is asked for', () => {
  expect(holdsSort('Check-out is at 11:00.', 'time')).toBe(1);
  expect(holdsSort('Please leave the keys.', 'time')).toBe(0);
  expect(holdsSort('It costs 10 €.', 'number')).toBe(1);
});
