import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { sentencesIn } from './sentences.js';

const cut = (text: string): string[] =>
  sentencesIn(text).map(({ start, end }) => text.slice(start, end));

describe('the sentences of a text', () => {
  it.each([
    ['The key is here. Take it!', ['The key is here.', 'Take it!']],
    [
      'Anreise am 3. Mai ab 15 Uhr. Bitte klingeln.',
      ['Anreise am 3. Mai ab 15 Uhr.', 'Bitte klingeln.'],
    ],
    [
      'Handtücher z. B. im Schrank. Mehr gibt es nicht.',
      ['Handtücher z. B. im Schrank.', 'Mehr gibt es nicht.'],
    ],
    ['Ask Dr. Weber. He knows.', ['Ask Dr. Weber.', 'He knows.']],
    ['¿Dónde? ¡Aquí!', ['¿Dónde?', '¡Aquí!']],
    ['one line\n\nanother line', ['one line', 'another line']],
    ['It costs 12.50 euros. Pay cash.', ['It costs 12.50 euros.', 'Pay cash.']],
    ['鍵はここです。ありがとう。', ['鍵はここです。', 'ありがとう。']],
  ])('%s', (text, sentences) => {
    expect(cut(text)).toEqual(sentences);
  });

  it('leave nothing out but space', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(cut(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
