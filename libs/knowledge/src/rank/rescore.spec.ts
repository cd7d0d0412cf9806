import { describe, expect, it } from '@jest/globals';

import { createAnalyser } from '../analyse/analyser.js';
import { rescore, type RankCandidate } from './rescore.js';
import { termsToCount } from './word-weights.js';

const analyser = createAnalyser({ key: new Uint8Array(32) });

const passage = (text: string, more: Partial<RankCandidate> = {}): RankCandidate => ({
  ...{ title: '', text, language: 'en', indexScore: 1 },
  ...more,
});

const ranked = async (asked: string, candidates: readonly RankCandidate[]) => {
  const question = await analyser.question(asked, { languages: ['en', 'fr', 'de'] });
  const frequencies = termsToCount(question).map(() => 10);
  const statistics = { passages: 1000, averageLength: 8, frequencies };
  return rescore({ question, statistics }, candidates, analyser);
};

const order = async (asked: string, candidates: readonly RankCandidate[]): Promise<number[]> =>
  (await ranked(asked, candidates)).map(({ candidate }) => candidates.indexOf(candidate));

describe('the order of what was found', () => {
  it('counts a word once, however many of its forms stand there', async () => {
    const many = passage('fee price cost rate charge');
    const both = passage('the parking price');
    expect(await order('price of parking', [many, both])).toEqual([1, 0]);
  });

  it('puts words that stand together first', async () => {
    const apart = passage('The door is red and far away on the other side a code hangs there.');
    const together = passage('On the other side far away hangs the red door code and is there.');
    expect(await order('door code', [apart, together])).toEqual([1, 0]);
  });

  it('puts what stands in a title before what stands in a text', async () => {
    const text = passage('The parking is free of charge.');
    const title = passage('It is free of charge.', { title: 'Parking' });
    expect(await order('parking', [text, title])).toEqual([1, 0]);
  });

  it('tells questions apart by their stop words, where nothing else does', async () => {
    const long = passage('How long is the walk to the beach?');
    const where = passage('Where is the walk to the beach?');
    expect(await order('where is the beach walk', [long, where])).toEqual([1, 0]);
  });

  it('finds words of a phrase only where they follow each other', async () => {
    const apart = passage('He arrived, and it was late when he saw the place.');
    const phrase = passage('For a late arrival please call us before.');
    const [best, other] = await ranked('arrivée tardive', [apart, phrase]);
    expect(best?.candidate).toBe(phrase);
    expect(best?.coverage ?? 0).toBeGreaterThan((other?.coverage ?? 1) + 0.3);
  });

  it('hardly counts a translation in a passage of another language', async () => {
    const english = passage('There are four rooms.');
    const french = passage('Le four est dans la cuisine.', { language: 'fr' });
    const [best, other] = await ranked('where is the oven?', [english, french]);
    expect(best?.candidate).toBe(french);
    expect(other?.coverage).toBeLessThan(0.3);
  });

  it('lets passages of one text support each other a little', async () => {
    const alone = passage('The wifi is fast.', { unit: 'note/1' });
    const supported = passage('The wifi is slow.', { unit: 'note/2' });
    const beside = passage('Its password is on the fridge in the kitchen.', { unit: 'note/2' });
    const found = await order('wifi password', [alone, supported, beside]);
    expect(found.indexOf(1)).toBeLessThan(found.indexOf(0));
  });

  it('covers all of a question, or a part of it, by weight', async () => {
    const [all, half, none] = await ranked('garden chair', [
      passage('A chair in the garden.'),
      passage('The garden.'),
      passage('The sea.'),
    ]);
    expect(all?.coverage).toBeCloseTo(1);
    expect(half?.coverage).toBeCloseTo(0.5);
    expect(none?.coverage).toBe(0);
  });

  it('leaves equals as the index has them', async () => {
    const one = passage('The sea.', { indexScore: 1 });
    const other = passage('The sea.', { indexScore: 2 });
    expect(await order('sea', [one, other])).toEqual([1, 0]);
  });
});
