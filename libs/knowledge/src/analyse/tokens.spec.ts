import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { tokensOf, wholesOf } from './tokens.js';

const textsOf = (text: string): string[] => tokensOf(text).map((token) => token.text);
const wholeTerms = (text: string): string[] =>
  wholesOf(text, tokensOf(text)).flatMap(({ term, also }) => [term, ...also]);

describe('the words of a text', () => {
  it.each([
    ["The guest's key doesn't fit.", ['the', 'guest', 'key', 'doesn', 'fit']],
    ["l'arrivée à 15h30", ['l', 'arrivée', 'à', '15h30']],
    ['Check-in/Check-out: 15:00', ['check', 'in', 'check', 'out', '15', '00']],
    ['鍵はどこ', ['鍵は', 'はど', 'どこ']],
    ['ключ от дома', ['ключ', 'от', 'дома']],
    ['“Größe” – ok…', ['größe', 'ok']],
  ])('of %s', (text, words) => {
    expect(textsOf(text)).toEqual(words);
  });

  it('stand where their offsets say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let last = 0;
        for (const { text: word, start, end } of tokensOf(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end).toLowerCase().startsWith(word.slice(0, 1))).toBe(true);
          expect(start).toBeGreaterThanOrEqual(last - 4);
          last = end;
        }
      }),
    );
  });
});

describe('what is looked for as a whole', () => {
  it.each([
    ['+49 (30) 1234-567', '030/1234567'],
    ['0049301234567', '030 1234567'],
    ['+1 415 555 0132', '415-555-0132'],
    ['+44 20 7946 0958', '020 7946 0958'],
  ])('phone %s meets %s', (one, other) => {
    const others = new Set(wholeTerms(other));
    expect(wholeTerms(one).some((term) => others.has(term))).toBe(true);
  });

  it.each([
    ['3 pm', '15:00'],
    ['15h', '15:00'],
    ['15 Uhr', '15.00'],
    ['15h30', '15:30'],
    ['12 am', '0:00'],
  ])('time %s is %s', (one, other) => {
    expect(wholeTerms(one)).toContain(wholeTerms(other)[0]);
  });

  it.each(['2026-11-30', '30.11.2026', '11/30/2026'])('%s is no phone number', (date) => {
    expect(wholeTerms(date).filter((term) => term.startsWith('tel:'))).toEqual([]);
  });

  it.each([
    ['Mail to Ana.Lopez@Example.com now', 'ana.lopez@example.com'],
    ['see https://www.example.com/guide', 'example.com'],
    ['GY-1234', 'gy1234'],
    ['wi-fi', 'wifi'],
  ])('%s holds %s', (text, term) => {
    expect(wholeTerms(text)).toContain(term);
  });
});
