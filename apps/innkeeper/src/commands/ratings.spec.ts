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
});
