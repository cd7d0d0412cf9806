import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isId } from '#libs/kernel';

import { cutPassages, passageSizes, type CutParts } from './cut-passages.js';
import { masked } from './mask.js';
import type { SectionText, UnitText } from './passage.js';
import { sizeOf } from './text-size.js';

const parts: CutParts = {
  detectLanguage: () => 'en',
  digest: (bytes) => createHash('sha256').update(bytes).digest(),
};

const unitOf = (...sections: readonly SectionText[]): UnitText => ({
  unit: 'note/notes.main.1',
  kind: 'note',
  name: 'House manual',
  sections,
  records: ['note/notes.main.1'],
  scope: ['note/notes.main.1'],
  audience: ['staff'],
});

const word = fc.constantFrom(
  ...[
    'The',
    'key',
    'safe',
    'is',
    'beside',
    'Haustürschlüssel',
    '4417#',
    'e.g.',
    '14.',
    '😕',
    '東京',
  ],
  ...['https://example.com/a?b=c', '+442079460018', '3.', 'z.B.', '(open)', '4242 4242 4242 4242'],
);
const sentence = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 40 }), fc.constantFrom('.', '?', '!', ':', ''))
  .map(([words, end]) => words.join(' ') + end);
const line = fc
  .tuple(
    fc.constantFrom('', '', '# ', '## ', '### ', '- ', '1. ', '| ', '> ', 'Maya: ', '```', '  '),
    fc.array(sentence, { maxLength: 6 }),
  )
  .map(([before, sentences]) => before + sentences.join(' '));
const document = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n\n', '\r\n', '\n \n')), { maxLength: 25 })
  .map((lines) => lines.flat().join(''));
const enormous = fc
  .tuple(fc.constantFrom('x', 'word ', '東', '😕', '#', 'a, '), fc.integer({ min: 300, max: 1500 }))
  .map(([of, times]) => of.repeat(times));
const anyText = fc.oneof(
  { arbitrary: document, weight: 6 },
  { arbitrary: enormous, weight: 1 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 3000 }), weight: 2 },
);

const cut = (text: string) => cutPassages(unitOf({ path: 'text', text }), parts);

describe('passages cut from any text', () => {
  it('hold every character of it that is not blank, in order, and little of it twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let at = 0;
        for (const { end, start } of cut(text)) {
          expect(text.slice(at, start).trim()).toBe('');
          expect(sizeOf(text.slice(start, at))).toBeLessThanOrEqual(passageSizes.overlap);
          expect(end).toBeGreaterThan(at);
          at = end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
      { numRuns: 150 },
    );
  });

  it('say where they stand, to the character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const hidden = masked(text);
        for (const { end, start, text: words } of cut(text))
          expect(words).toBe(hidden.slice(start, end));
      }),
    );
  });

  it('are never longer than is allowed, and divide no character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { end, start, text: words } of cut(text)) {
          expect(sizeOf(words)).toBeLessThanOrEqual(passageSizes.most);
          for (const at of [start, end])
            expect(/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/u.test(text.slice(at - 1, at + 1))).toBe(
              false,
            );
        }
      }),
    );
  });

  it('are the same when it is cut again, with ids of their own', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const passages = cut(text);
        expect(cut(text)).toEqual(passages);
        expect(new Set(passages.map(({ id }) => id)).size).toBe(passages.length);
        for (const { id } of passages) expect(isId(id)).toBe(true);
      }),
    );
  });

  it('stay as they are when another section changes', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (kept, before, after) => {
        const with_ = (text: string) =>
          cutPassages(
            unitOf({ path: 'changed', text }, { path: 'kept', heading: 'Access', text: kept }),
            parts,
          ).filter(({ path }) => path.startsWith('kept/'));
        expect(with_(after)).toEqual(with_(before));
      }),
    );
  });
});

describe('a manual in Markdown', () => {
  const chapter = (name: string, words: number, level = 2): string =>
    `${'#'.repeat(level)} ${name}\n\n${Array.from({ length: words / 10 }, (_, i) => `The ${name} says in its line number ${i} this much.`).join(' ')}\n\n`;

  it('is cut at its headings, which stand above each passage', () => {
    const passages = cut(
      `# Harbour Loft\n\n${chapter('Wifi', 60)}${chapter('Parking', 90)}${chapter('Heating', 80)}`,
    );
    expect(passages.map(({ title }) => title)).toEqual([
      'House manual › Harbour Loft › Wifi',
      'House manual › Harbour Loft › Parking',
      'House manual › Harbour Loft › Heating',
    ]);
    for (const { text } of passages) expect(text).toMatch(/^#/u);
  });

  it('leaves no heading alone, and puts chapters of a few words together', () => {
    const passages = cut(
      `## Wifi\n\nCode: salt-and-wind\n\n## Bins\n\nTuesday.\n\n## Bread\n\nNo.`,
    );
    expect(passages).toHaveLength(1);
  });

  it('cuts a long chapter between sentences, paragraphs first', () => {
    const passages = cut(chapter('Heating', 600));
    expect(passages.length).toBeGreaterThan(3);
    for (const { text } of passages) expect(text).toMatch(/\.$/u);
  });

  it('has no word of a heading in a path, which an index keeps as it is', () => {
    for (const { path } of cut(chapter('Wifi', 300))) expect(path).toMatch(/^text\/\d+\.\d+$/u);
  });
});

describe('what is cut', () => {
  it('takes records, scope, audience and times of its section before those of the unit', () => {
    const own = { records: ['a/1'], scope: ['s/1'], audience: ['room:1'], from: 1, to: 2 };
    const [first, second] = cutPassages(
      unitOf({ path: 'one', text: 'One.', ...own }, { path: 'two', text: 'Two.' }),
      parts,
    );
    expect(first).toMatchObject(own);
    expect(second).toMatchObject({ records: ['note/notes.main.1'], audience: ['staff'] });
    expect(second).not.toHaveProperty('from');
  });

  it('is masked before it is cut, its title too', () => {
    const [passage] = cutPassages(
      unitOf({ path: 'one', heading: 'Card 4242 4242 4242 4242', text: 'CVV 123' }),
      parts,
    );
    expect(JSON.stringify(passage)).not.toMatch(/4242|123/u);
  });
});
