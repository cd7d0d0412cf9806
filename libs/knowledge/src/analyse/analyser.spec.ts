import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { createAnalyser } from './analyser.js';
import { languages } from './languages.js';

const keyOf = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const analyser = createAnalyser({ key: keyOf(1) });
const words = fc
  .array(
    fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzäöüßéñçł'), minLength: 2 }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((list) => list.join(' '));

describe('an analyser', () => {
  it('makes the same terms of the same text, with the same key only', () => {
    const text = 'Der Schlüssel liegt unter der Matte.';
    const again = createAnalyser({ key: keyOf(1) });
    const other = createAnalyser({ key: keyOf(2) });
    expect(again.passage('', text)).toEqual(analyser.passage('', text));
    const terms = new Set(analyser.passage('', text).terms.word);
    expect(other.passage('', text).terms.word.filter((term) => terms.has(term))).toEqual([]);
  });

  it('lets a question of the words of a passage find it, in every language', async () => {
    await fc.assert(
      fc.asyncProperty(words, fc.constantFrom(...languages), async (text, language) => {
        const { terms } = analyser.passage('', text, language);
        const { words: asked, faint = [] } = await analyser.question(text, { languages });
        for (const { forms } of [...asked, ...faint])
          expect(forms.some(({ field, term }) => terms[field].includes(term))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['de', 'Wo finde ich den Schlüssel für die Wohnung?'],
    ['en', 'Where can I find the key to the apartment?'],
    ['fr', 'Où est la clé de l’appartement ?'],
    ['es', '¿Dónde está la llave del apartamento?'],
    ['it', 'Dove trovo la chiave della casa?'],
    ['nl', 'Waar kan ik de sleutel van het huis vinden?'],
    ['pl', 'Gdzie jest klucz do mieszkania?'],
    ['pt', 'Onde está a chave da casa? Não a vejo.'],
  ])('knows %s', (language, text) => {
    expect(analyser.languageOf(text)).toBe(language);
  });

  it.each([
    ['Müller', 'Mueller'],
    ['Mueller', 'Müller'],
    ['Muller', 'Müller'],
    ['Muller', 'Mueller'],
    ['Müller', 'MULLER'],
    ['Strasse', 'Straße'],
    ['Lodz', 'Łódź'],
  ])('finds %s by %s', async (written, asked) => {
    const { terms } = analyser.passage('', `Der Gast ${written} kommt mit dem Auto.`);
    const question = await analyser.question(asked, { languages: ['de', 'en', 'pl'] });
    const forms = question.words.flatMap((word) => word.forms);
    expect(forms.some(({ field, term }) => terms[field].includes(term))).toBe(true);
  });

  it('keeps codes and numbers out of the vocabulary, and whole words in it', () => {
    expect(analyser.passage('Wi-Fi', 'HMABC123 is 4711').words).toEqual(['wi', 'fi', 'is']);
  });

  it('leaves stop words out of a question, unless it has nothing else', async () => {
    const setting = { languages: ['en'] };
    const question = await analyser.question('What is the price of parking?', setting);
    expect(question.words.map(({ written }) => written)).toEqual(['price', 'parking']);
    expect(question.faint?.map(({ written }) => written)).toEqual(['What', 'is', 'the', 'of']);
    expect((await analyser.question('who is it', setting)).words).toHaveLength(3);
  });
});
