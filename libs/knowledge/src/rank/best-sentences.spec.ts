import { describe, expect, it } from '@jest/globals';

import { createAnalyser } from '../analyse/analyser.js';
import { bestSentences } from './best-sentences.js';
import { termsToCount } from './word-weights.js';

const analyser = createAnalyser({ key: new Uint8Array(32) });

const text =
  'Welcome to our home. The wifi password is on the fridge. Check-in starts at 3 pm. ' +
  'Dogs are welcome for 10 euros a night.';

const bestFor = async (asked: string): Promise<string> => {
  const question = await analyser.question(asked, { languages: ['en', 'de', 'fr'] });
  const terms = termsToCount(question);
  const statistics = { passages: 100, averageLength: 20, frequencies: terms.map(() => 5) };
  const passage = { title: 'Seaside flat', text, language: 'en' };
  const [best] = bestSentences({ question, statistics }, passage, analyser);
  return text.slice(best?.start, best?.end);
};

describe('the best sentence', () => {
  it.each([
    ['What is the wifi password?', 'The wifi password is on the fridge.'],
    ['Ab wann ist die Anreise möglich?', 'Check-in starts at 3 pm.'],
    ['Les chiens sont-ils acceptés ?', 'Dogs are welcome for 10 euros a night.'],
    ['are pets allowed', 'Dogs are welcome for 10 euros a night.'],
  ])('for %s', async (question, sentence) => {
    expect(await bestFor(question)).toBe(sentence);
  });
});

it('is none that only says who speaks', async () => {
  const question = await analyser.question('What did Femi say?', { languages: ['en'] });
  const statistics = { passages: 100, averageLength: 20, frequencies: [] };
  const talk = 'Femi, Tuesday:\nThe linen comes late.';
  const rate = (bylines: readonly { readonly start: number; readonly end: number }[]) =>
    bestSentences(
      { question, statistics },
      { title: '', text: talk, language: 'en', bylines },
      analyser,
    ).map(({ start, end }) => talk.slice(start, end));
  expect(rate([])).toContain('Femi, Tuesday:');
  expect(rate([{ start: 0, end: 14 }])).toEqual(['The linen comes late.']);
});
