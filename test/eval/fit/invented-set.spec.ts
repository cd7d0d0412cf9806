import { expect, test } from '@jest/globals';

import { inventSet } from './invented-set.js';
import { inventedLanguages, readInventedTexts } from './invented-texts.js';

const set = inventSet();

test('is the same each time', () => {
  expect(inventSet()).toEqual(set);
});

test('asks in six languages, of four sorts of places, for each reason', () => {
  const those = (facet: 'language' | 'sort' | 'why') =>
    new Set(set.questions.map((question) => question[facet])).size;
  expect(set.questions.length).toBeGreaterThan(600);
  expect([those('language'), those('sort'), those('why')]).toEqual([6, 4, 7]);
});

test('has a right document for each question with an answer, and for no other', () => {
  const documents = new Set(set.documents.map(({ id }) => id));
  const right = new Map(set.judgements.map(({ document, query }) => [query, document]));
  for (const { expects, id } of set.questions)
    expect([id, documents.has(right.get(id) ?? '')]).toEqual([id, expects === 'answer']);
});

test('has the same facts in each language, each with two ways to ask', () => {
  const named = (language: string) =>
    readInventedTexts(language).facts.map(({ asks, part, topic }) => [topic, part, asks.length]);
  for (const language of inventedLanguages) expect(named(language)).toEqual(named('en'));
});
