import { expect, test } from '@jest/globals';

import { findScope } from './find-scope.js';
import { nameBook } from './name-book.js';

const book = nameBook([
  { id: 'listing/1', names: ['Müller Haus am See', 'Seehaus 12'] },
  { id: 'listing/2', names: ['The Alexander Bed and Breakfast'] },
  { id: 'listing/3', names: ['Alexander Lodge'] },
  { id: 'listing/4', names: ['Gonville Hotel'] },
  { id: 'listing/5', names: ['Park Hotel'], audience: ['room:board'] },
  { id: 'listing/6', names: ['Casa Azul', 'Calle Mayor 3'] },
  { id: 'listing/7', names: ['Casa Verde'] },
  { id: 'listing/8', names: ['The Old Mill'] },
]);
const scopeOf = (text: string, ...turns: readonly string[]) => {
  const earlier = turns.map((said) => ({ who: 'other' as const, text: said }));
  const { state, ids } = findScope(book, { text, turns: earlier, principals: ['staff'] });
  return [state, ...ids];
};

test.each([
  ['Is there wifi in the Gonville Hotel?', 'listing/4'],
  ['is there wifi in the gonvile', 'listing/4'],
  ['does the gone ville hotel have parking', 'listing/4'],
  ['Wo steht das Bügelbrett im Muellerhaus?', 'listing/1'],
  ['Wo steht das Bügelbrett im Mullerhaus am See?', 'listing/1'],
  ['¿Hay wifi en la casa azul?', 'listing/6'],
  ['breakfast at the alexander bed and breakfast?', 'listing/2'],
  ['Does Alexander Lodge have a pool?', 'listing/3'],
  ['where can I park at the old mil?', 'listing/8'],
])('finds the home that %p names', (question, home) => {
  expect(scopeOf(question)).toEqual(['found', home]);
});

test('asks back when two homes are called alike', () => {
  const [state, ...ids] = scopeOf('Is there a pool at the Alexander?');
  expect([state, ...ids.sort()]).toEqual(['ambiguous', 'listing/2', 'listing/3']);
});

test('lets older turns decide between two homes that are called alike', () => {
  expect(scopeOf('Is there a pool at the Alexander?', 'I booked the Alexander Lodge.')).toEqual([
    'found',
    'listing/3',
  ]);
});

test('takes what the newest turn names, and older turns only where it names nothing', () => {
  const turns = ['Casa Verde is free.', 'I would take Casa Azul.'];
  expect(scopeOf('And the wifi?', ...turns)).toEqual(['found', 'listing/6']);
  expect(scopeOf('And the wifi in the Gonville Hotel?', ...turns)).toEqual(['found', 'listing/4']);
});

test('finds nothing where only words are said that every home has', () => {
  expect(scopeOf('Does the hotel have breakfast in bed?')).toEqual(['none']);
  expect(scopeOf('What is the wifi password?')).toEqual(['none']);
  expect(scopeOf('Is it fine to bring my 3 year old?')).toEqual(['none']);
});

test('knows no home that the asker may not know', () => {
  expect(scopeOf('Is there wifi in the Park Hotel?')).toEqual(['none']);
});
