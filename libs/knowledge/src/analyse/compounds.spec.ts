import { describe, expect, it } from '@jest/globals';

import { piecesOf } from './compounds.js';

describe('a compound', () => {
  it.each([
    ['haustürschlüssel', 'de', ['haustur', 'schlussel']],
    ['wohnungsschlussel', 'de', ['wohnung', 'schlussel']],
    ['kinderbett', 'de', ['kinder', 'bett']],
    ['kaffeemaschine', 'de', ['kaffee', 'maschine']],
    ['esspressomaschine', 'de', ['esspresso', 'maschine']],
    ['parkeerplaats', 'nl', ['parkeer', 'plaats']],
    ['voordeursleutel', 'nl', ['voor', 'deur', 'sleutel']],
  ])('%s has its pieces', (word, language, pieces) => {
    const folded = word.replaceAll('ü', 'u');
    expect(piecesOf(folded, language)).toEqual(expect.arrayContaining(pieces));
  });

  it.each([
    ['schlussel', 'de'],
    ['wohnung', 'de'],
    ['haustur', 'de'],
    ['together', 'en'],
    ['kwiaty', 'pl'],
  ])('%s is none, or a listed word', (word, language) => {
    expect(piecesOf(word, language)).toEqual([]);
  });
});
