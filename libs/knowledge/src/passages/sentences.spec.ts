import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { sentencesIn, sentencesOfLines } from './sentences.js';

const cut = (text: string): string[] =>
  sentencesOfLines(text).map(({ start, end }) => text.slice(start, end));

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

  it('go on over the end of a line where a text is cut into passages', () => {
    const text = 'The key hangs\nbehind the door. Take it.';
    const spans = sentencesIn(text, { start: 0, end: text.length });
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([
      'The key hangs\nbehind the door.',
      'Take it.',
    ]);
  });

  it('leave nothing out but space', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(cut(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
