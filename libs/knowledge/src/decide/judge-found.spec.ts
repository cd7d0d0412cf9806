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
  evidence: { focus: coverage, around: text },
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

test('abstains where all words stand somewhere, and what is asked about in no sentence', () => {
  const apart = { ...hit(1, 0.6, 'a'), evidence: { focus: 0, around: 'The door is blue.' } };
  const together = { ...apart, evidence: { focus: 1, around: 'The code of the door is 4711.' } };
  expect(judgeFound(question, found([apart], 'found')).decision).toBe('abstain');
  expect(judgeFound(question, found([together], 'found')).decision).toBe('answer');
});

test('is less sure where a price is asked for and none stands there', () => {
  const of = (text: string): number =>
    judgeFound('How much is the sauna?', found([hit(1, 0.9, 'a', text)], 'found')).sureness;
  expect(of('The sauna costs 12 euros.')).toBeGreaterThan(of('The sauna takes 40 minutes.'));
});

test('what stands out by what it means is surer, and only where meaning was searched', () => {
  const near = (cosines: readonly number[], meaning?: Found['meaning']) =>
    judgeFound(question, {
      ...found(
        cosines.map((cosine, i) => ({ ...hit(i, 0.3, 'a'), because: { meaning: cosine } })),
        'found',
      ),
      ...(meaning && { meaning }),
    });
  const [apart, alike] = [
    [0.8, 0.2, 0.2],
    [0.8, 0.8, 0.8],
  ];
  expect(near(apart, {}).features.nearness).toBeCloseTo(2 / 3, 10);
  expect(near(alike, {}).features.nearness).toBeCloseTo(0, 10);
  expect(near(apart, {}).decision).toBe('answer');
  expect(near(alike, {}).decision).toBe('abstain');
  const away = { code: 'EMBEDDER_UNAVAILABLE' } as const;
  for (const meaning of [undefined, away])
    expect(near(apart, meaning).sureness).toBeCloseTo(near(alike, meaning).sureness, 10);
});

test('asks back where a word points to what was never said', () => {
  const hits = [hit(0, 0.9, 'a')];
  const asked = (text: string) => judgeFound(text, { ...found(hits), asked: text }).decision;
  expect(asked('Does it have a pool?')).toBe('ask');
  expect(asked('When did Ann Lind open the hotel, and why did she close it?')).toBe('answer');
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
  ['Was kostet die Sauna am Abend?', 'price'],
  ['Combien coûte le petit déjeuner ?', 'price'],
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
  expect(holdsSort('Open from 8:00 to 10:30.', 'price')).toBe(0);
  expect(holdsSort('Für Kinder kostenlos.', 'price')).toBe(1);
  expect(holdsSort('Later than that we keep half.', 'price')).toBe(1);
  expect(holdsSort('Es werden 30 % einbehalten.', 'price')).toBe(1);
});
