import { expect, test } from '@jest/globals';

import { spreadOfWords } from './spread-of-words.js';

const things = [
  { id: 'listing/1', names: ['Le Grenier'] },
  { id: 'listing/2', names: ['Villa Orme'] },
];

const searched = {
  generation: 1,
  key: new Uint8Array(),
  analyser: {
    question: () =>
      Promise.resolve({ words: [{ forms: [{ field: 'word', term: 't', weight: 1 }] }] }),
  },
  setting: {},
} as never;

const spreadWhere = async (...scopes: readonly string[][]) =>
  spreadOfWords(
    {
      index: { find: () => Promise.resolve(scopes.map((scope) => ({ passage: { scope } }))) },
    } as never,
    searched,
    things,
  );

test('a word that stands at another home tells less', async () => {
  const share = await spreadWhere(['listing/1'], ['listing/2']);
  expect(share('grenier')).toBe(0.5);
});

test('guests and stays that name a home are no other homes', async () => {
  const share = await spreadWhere(['guest/7', 'reservation/7'], ['guest/8'], ['conversation/9']);
  expect(share('grenier')).toBe(0);
});
