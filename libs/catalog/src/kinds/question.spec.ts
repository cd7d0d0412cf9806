import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Fact } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import { reordered } from '../../test/histories.js';
import { fold, type RecordState } from '../merge/record-state.js';
import { changesOf } from './index.js';
import { questionKind } from './question.js';

const FIRST = 'q1';

const fact = (type: string, at: number, data: JsonObject, personal?: JsonObject): Fact => ({
  id: `0019f000-0000-8000-8000-0000000000${at}`,
  type: `answering.question.${type}.v1`,
  stream: `dialogue/${FIRST}`,
  version: at,
  position: at,
  era: 1,
  occurredAt: at * 1000,
  recordedAt: 0,
  source: 'innkeeper/answering',
  correlationId: '',
  causationId: '',
  data,
  ...(personal && { personal }),
});

const asked = (question: string, at = 10): Fact =>
  fact('asked', at, { question, asker: 'user:a', first: FIRST, turn: 1 }, { text: 'Any fuses?' });
const answered = (question: string): Fact =>
  fact(
    'answered',
    11,
    { question, way: 'extractive', citations: [{ record: 'note/n.1' }] },
    { answer: 'Yes.', quotes: ['Fuses.'] },
  );
const withdrawn = (question: string, at = 13): Fact =>
  fact('withdrawn', at, { question, reason: 'deleted' });

const folded = (facts: readonly Fact[], question: string): RecordState => {
  const state = facts
    .flatMap(changesOf)
    .filter(({ kind, id }) => kind === 'question' && id === question)
    .reduce<RecordState | undefined>(fold, undefined);
  if (!state) throw new Error('nothing was said');
  return state;
};

describe('a question that was taken back', () => {
  const facts = (question: string): Fact[] => [
    asked(question),
    answered(question),
    withdrawn(question),
  ];

  it('keeps no word of its text and is not searched, in whatever order that is told', () => {
    const expected = folded(facts('q2'), 'q2');
    fc.assert(
      fc.property(reordered(facts('q2')), (again) => {
        expect(folded(again, 'q2')).toEqual(expected);
      }),
    );
    expect(JSON.stringify(expected)).not.toContain('fuses');
    expect(questionKind.sectionsOf(expected, { timeZone: 'UTC' })).toEqual([]);
    const view = questionKind.view(expected);
    expect(view).toMatchObject({ displayName: 'q2', withdrawn: 'deleted', deleted: true });
    for (const name of ['text', 'citations', 'outcome', 'rating'])
      expect(view).not.toHaveProperty(name);
  });

  it('shows none of it, too, where the clock of who took it back was behind', () => {
    const state = folded([asked(FIRST), withdrawn(FIRST, 9)], FIRST);
    expect(questionKind.view(state)).not.toHaveProperty('text');
    expect(questionKind.view(state)).toMatchObject({ displayName: FIRST });
    expect(questionKind.sectionsOf(state, { timeZone: 'UTC' })).toEqual([]);
  });

  it('stays in lists for its dialogue where it was the first, and still cites what it quoted', () => {
    const state = folded(facts(FIRST), FIRST);
    expect(questionKind.isGone(state)).toBe(false);
    expect(questionKind.isGone(folded(facts('q2'), 'q2'))).toBe(true);
    expect(questionKind.citedIn(state)).toEqual(['note/n.1']);
  });
});

describe('what is said of an answer', () => {
  const rated = (at: number, rating: string, rater?: string): Fact =>
    fact('rated', at, { question: 'q2', rating, ...(rater !== undefined && { rater }) });
  const ratingAfter = (...said: readonly Fact[]): unknown =>
    questionKind.view(folded([asked('q2'), answered('q2'), ...said], 'q2'))['rating'];

  it('is what its asker said, and nothing once that is taken back', () => {
    expect(ratingAfter(rated(12, 'up'), rated(13, 'down', 'user:b'))).toBe('up');
    expect(ratingAfter(rated(13, 'down', 'user:b'))).toBeUndefined();
    const byOther = fact('unrated', 14, { question: 'q2', rater: 'user:b' });
    expect(ratingAfter(rated(12, 'up'), byOther)).toBe('up');
    expect(ratingAfter(rated(12, 'up'), fact('unrated', 14, { question: 'q2' }))).toBeUndefined();
  });
});
