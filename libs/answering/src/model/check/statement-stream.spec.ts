import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { StatementStream, type WrittenStatement } from './statement-stream.js';

const readAllOf = (...pieces: readonly string[]): readonly WrittenStatement[] => {
  const stream = new StatementStream();
  return [...pieces.flatMap((piece) => stream.push(piece)), ...stream.end()];
};

describe('sentences of a model as they come', () => {
  it.each([
    [
      'One [1]. Two. [2]',
      [
        ['One.', 1],
        ['Two.', 2],
      ],
    ],
    ['One [1][2] is so. Two', [['One is so.', 1, 2], ['Two']]],
    [
      'One [1, 2].\nTwo【3†source】',
      [
        ['One.', 1, 2],
        ['Two', 3],
      ],
    ],
    [
      'It costs 4.50 EUR, e.g. at Dr. Osei on 14. September [1].',
      [['It costs 4.50 EUR, e.g. at Dr. Osei on 14. September.', 1]],
    ],
    ['Code? [1] "Yes." [2] Three!', [['Code?', 1], ['"Yes."', 2], ['Three!']]],
  ])('%s', (text, statements) => {
    expect(readAllOf(text).map(({ text: said, cites }) => [said, ...cites])).toEqual(statements);
  });

  it('are the same however they are cut into pieces', () => {
    const words = fc.constantFrom(
      'One',
      ' ',
      '.',
      '[1]',
      '[2, 3]',
      '\n',
      '4.5',
      'z. B.',
      '!',
      '【1†a】',
      '(',
      'x',
    );
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 20 }),
        fc.integer({ min: 1, max: 3 }),
        (parts, size) => {
          const text = parts.join('');
          const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? [];
          expect(readAllOf(...pieces)).toEqual(readAllOf(text));
        },
      ),
    );
  });

  it('come as soon as they are whole, and not before', () => {
    const stream = new StatementStream();
    expect(stream.push('One is so. ')).toEqual([]);
    expect(stream.push('[1')).toEqual([]);
    expect(stream.push('] Two')).toEqual([{ text: 'One is so.', cites: [1] }]);
  });
});
