import { describe, expect, it } from '@jest/globals';

import { createAnalyser } from '../analyse/analyser.js';
import { evidenceIn, type TextEvidence } from './evidence.js';
import { termsToCount } from './word-weights.js';

const analyser = createAnalyser({ key: new Uint8Array(32) });

const evidenceOf = async (
  asked: string,
  text: string,
  language = 'en',
): Promise<TextEvidence | undefined> => {
  const question = await analyser.question(asked, { languages: [language] });
  const terms = termsToCount(question);
  const statistics = { passages: 100, averageLength: 20, frequencies: terms.map(() => 5) };
  return evidenceIn({ question, statistics }, [{ title: '', text, language }], analyser)[0];
};

describe('the evidence of a text', () => {
  it('is what one sentence and the one before it hold together', async () => {
    const together = 'Welcome. We have a heated pool. It opens at nine. The garden is large.';
    const apart =
      'The rooms are heated. We like it quiet. Some guests sleep long. There is a pool.';
    const asked = 'Is the pool heated?';
    expect((await evidenceOf(asked, together))?.focus).toBeCloseTo(1, 1);
    expect((await evidenceOf(asked, apart))?.focus).toBeLessThan(0.7);
  });

  it.each([
    ['How much does the sauna cost?', 'A lost key costs 20 euros.', 'en'],
    ['Was kostet die Sauna?', 'Ein Hund kostet 8 Euro pro Nacht.', 'de'],
    ['Quel est le prix du sauna ?', 'Le prix du parking est de 9 euros.', 'fr'],
    ['¿Cuánto cuesta la sauna?', 'El perro cuesta 9 euros.', 'es'],
    ['Quanto costa la sauna?', 'Il cane costa 9 euro.', 'it'],
    ['Wat kost de sauna?', 'Een hond kost 9 euro.', 'nl'],
  ])(
    'has nothing of %p where only the price of another thing stands',
    async (asked, text, language) => {
      expect((await evidenceOf(asked, text, language))?.focus).toBe(0);
    },
  );

  it('shows the sentences around the best one', async () => {
    const text = 'Here we are. The sauna is hot. It costs 9 euros. Bring towels.';
    expect((await evidenceOf('What does the sauna cost?', text))?.around).toBe(
      'Here we are. The sauna is hot. It costs 9 euros.',
    );
  });
});
