import { describe, expect, it } from '@jest/globals';

import type { FactAnswer } from '#libs/routes';

import { casesIn } from './ratings.js';

let position = 0;
const fact = (type: string, data: object, personal?: object): FactAnswer => {
  position += 1;
  return {
    ...{ id: `f${position}`, type: `answering.question.${type}.v1`, source: 'innkeeper/answering' },
    ...{ stream: 'dialogue/d1', version: position, position, era: 1 },
    ...{ occurredAt: '2026-11-30T10:00:00.000Z', recordedAt: '2026-11-30T10:00:00.000Z' },
    ...{ correlationId: 'c', causationId: 'c', data: { ...data } },
    ...(personal && { personal: { ...personal } }),
  };
};

const dialogue = [
  fact('asked', { question: 'q1' }, { text: 'Where is the key of the loft?' }),
  fact('answered', { question: 'q1', citations: [] }, { answer: 'Behind the drainpipe.' }),
  fact('asked', { question: 'q2' }, { text: 'and the wifi?' }),
  fact(
    'answered',
    { question: 'q2', language: 'en', citations: [{ record: 'note/n1' }, { record: 'note/n1' }] },
    { answer: 'tide-table' },
  ),
];

describe('rated questions', () => {
  it('become cases, with what was said before them and the sources of what helped', () => {
    const [found, ...more] = casesIn([
      ...dialogue,
      fact('rated', { question: 'q2', rating: 'up' }),
    ]);
    expect(more).toEqual([]);
    expect(found).toEqual({
      id: 'q2',
      group: 'rated',
      language: 'en',
      text: 'and the wifi?',
      turns: [
        { who: 'user', text: 'Where is the key of the loft?' },
        { who: 'other', text: 'Behind the drainpipe.' },
      ],
      expects: 'answer',
      records: ['note/n1'],
      rating: 'up',
      ratings: { up: 1, down: 0 },
    });
  });

  it('leave it to a person what is right, where the answer did not help', () => {
    const down = fact(
      'rated',
      { question: 'q2', rating: 'down' },
      { comment: 'It was the attic.' },
    );
    const [found] = casesIn([...dialogue, fact('rated', { question: 'q2', rating: 'up' }), down]);
    expect(found).toMatchObject({ rating: 'down', comment: 'It was the attic.' });
    expect(found).not.toHaveProperty('expects');
    expect(found).not.toHaveProperty('records');
  });

  it('are left out when they were erased', () => {
    const erased = [
      fact('asked', { question: 'q1' }),
      fact('rated', { question: 'q1', rating: 'up' }),
    ];
    expect(casesIn(erased)).toEqual([]);
  });

  it('count what everybody said last, with all comments; the asker’s word is the rating', () => {
    const rated = (rater: string | undefined, rating: string, comment?: string) =>
      fact(
        'rated',
        { question: 'q2', rating, ...(rater && { rater }) },
        comment ? { comment } : {},
      );
    const of = (...said: readonly FactAnswer[]) => casesIn([...dialogue, ...said])[0];
    const others = [
      rated('user:b', 'up'),
      rated('user:b', 'down', 'It is on the router.'),
      rated('user:c', 'down', 'Too late.'),
      rated('user:d', 'up'),
    ];
    expect(of(...others)).toMatchObject({
      rating: 'down',
      ratings: { up: 1, down: 2 },
      comment: 'It is on the router.',
      comments: ['It is on the router.', 'Too late.'],
    });
    expect(of(...others, rated(undefined, 'up'))).toMatchObject({
      rating: 'up',
      ratings: { up: 2, down: 2 },
    });
    // As many on both sides: nothing is taken for right.
    expect(of(rated('user:b', 'up'), rated('user:c', 'down'))).toMatchObject({ rating: 'down' });
  });

  it('leave out what was taken back: a rating, and a question', () => {
    const rated = fact('rated', { question: 'q2', rating: 'up', rater: 'user:b' });
    const unrated = fact('unrated', { question: 'q2', rater: 'user:b' });
    expect(casesIn([...dialogue, rated, unrated])).toEqual([]);
    const own = fact('rated', { question: 'q2', rating: 'up' });
    const kept = casesIn([...dialogue, rated, own, unrated]);
    expect(kept).toMatchObject([{ ratings: { up: 1, down: 0 } }]);
    const ofFirst = fact('withdrawn', { question: 'q1', reason: 'deleted' });
    const [found] = casesIn([...dialogue, own, ofFirst]);
    expect(found).not.toHaveProperty('turns');
    const ofSecond = fact('withdrawn', { question: 'q2', reason: 'edited' });
    expect(casesIn([...dialogue, own, ofSecond])).toEqual([]);
  });
});
