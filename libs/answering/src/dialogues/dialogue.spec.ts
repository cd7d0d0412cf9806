import { describe, expect, it } from '@jest/globals';

import { Fault } from '#libs/kernel';
import { given } from '#libs/testing';

import type { DialogueEvent, QuestionOutcome } from './dialogue-events.js';
import { dialogueDecider } from './dialogue.js';

const asked = (question: string, turn = 1): DialogueEvent => ({
  type: 'answering.question.asked.v1',
  occurredAt: 1,
  data: { question, asker: 'user:a', first: 'q1', turn },
  personal: { text: `text of ${question}` },
});
const answered = (question: string): QuestionOutcome => ({
  type: 'answering.question.answered.v1',
  occurredAt: 2,
  data: { question, way: 'extractive', language: 'en', citations: [{ record: 'note/n.1' }] },
  personal: { answer: 'Behind the coats. [1]', quotes: ['Behind the coats.'] },
});
const abstained = (question: string): QuestionOutcome => ({
  type: 'answering.question.abstained.v1',
  occurredAt: 3,
  data: { question, citations: [] },
  personal: { answer: 'I do not know.' },
});
const archived: DialogueEvent = {
  type: 'answering.dialogue.archived.v1',
  occurredAt: 4,
  data: { first: 'q1' },
};
const ask = (question: string, fields: object = {}) =>
  ({
    does: 'ask',
    question,
    asker: 'user:a',
    text: `text of ${question}`,
    begins: false,
    at: 1,
    ...fields,
  }) as const;

const dialogue = (...past: readonly DialogueEvent[]) => given(dialogueDecider, ...past);
const refusing = (decide: () => unknown): unknown => {
  try {
    return decide();
  } catch (error) {
    return error instanceof Fault ? error.code : error;
  }
};

describe('a dialogue', () => {
  it('begins with a question, and counts its turns', () => {
    expect(dialogue().when(ask('q1', { begins: true })).events).toEqual([asked('q1')]);
    expect(dialogue(asked('q1')).when(ask('q2')).events).toEqual([asked('q2', 2)]);
  });

  it('asks nothing twice, and takes no other question under the same id', () => {
    const { when } = dialogue(asked('q1'));
    expect(when(ask('q1')).events).toEqual([]);
    expect(refusing(() => when(ask('q1', { text: 'another' })))).toBe('ANSWERING_KEY_REUSED');
  });

  it('does not exist for somebody else, and is not begun by its name', () => {
    const { when } = dialogue(asked('q1'));
    expect(refusing(() => when(ask('q2', { asker: 'user:b' })))).toBe('API_NOT_FOUND');
    expect(refusing(() => dialogue().when(ask('q1')))).toBe('API_NOT_FOUND');
  });

  it('settles a question once: the first outcome stays', () => {
    const settle = (outcome: QuestionOutcome) => ({ does: 'settle', outcome }) as const;
    const open = dialogue(asked('q1'));
    expect(open.when(settle(answered('q1'))).events).toEqual([answered('q1')]);
    expect(refusing(() => open.when(settle(answered('q2'))))).toBe('API_NOT_FOUND');
    const done = dialogue(asked('q1'), answered('q1')).when(settle(abstained('q1')));
    expect(done.events).toEqual([]);
    expect(done.state?.questions).toMatchObject([{ outcome: 'answered' }]);
  });

  it('is rated after it was answered, and the latest rating holds', () => {
    const rate = (rating: 'up' | 'down') =>
      ({ does: 'rate', question: 'q1', rating, at: 5 }) as const;
    expect(refusing(() => dialogue(asked('q1')).when(rate('up')))).toBe('ANSWERING_QUESTION_OPEN');
    const { events, state } = dialogue(asked('q1'), answered('q1')).when(rate('up'));
    expect(state?.questions).toMatchObject([{ rating: 'up' }]);
    const again = dialogue(asked('q1'), answered('q1'), ...events);
    expect(again.when(rate('up')).events).toEqual([]);
    expect(again.when(rate('down')).state?.questions).toMatchObject([{ rating: 'down' }]);
  });

  it('keeps the latest rating of each who reads it; shown is what its asker said', () => {
    const rate = (rater: string | undefined, rating: 'up' | 'down', comment?: string) =>
      ({ does: 'rate', question: 'q1', rating, at: 5, ...named(rater), ...said(comment) }) as const;
    const named = (rater: string | undefined) => (rater === undefined ? {} : { rater });
    const said = (comment: string | undefined) => (comment === undefined ? {} : { comment });
    const past: DialogueEvent[] = [asked('q1'), answered('q1')];
    const then = (command: Parameters<ReturnType<typeof dialogue>['when']>[0]) => {
      const { events, state } = dialogue(...past).when(command);
      past.push(...events);
      return { events, question: state?.questions[0] };
    };
    expect(then(rate('user:b', 'up')).events).toMatchObject([{ data: { rater: 'user:b' } }]);
    expect(then(rate('user:b', 'up')).events).toEqual([]);
    expect(then(rate('user:b', 'down', 'Wrong door.')).events).toHaveLength(1);
    expect(then(rate('user:b', 'down', 'Wrong door.')).events).toEqual([]);
    expect(then(rate('user:b', 'down')).events).toEqual([]);
    const own = then(rate('user:a', 'up'));
    expect(own.events).toMatchObject([{ data: { question: 'q1', rating: 'up' } }]);
    expect(own.events[0]?.data).not.toHaveProperty('rater');
    expect(own.question).toMatchObject({
      rating: 'up',
      ratings: [
        { rater: 'user:b', rating: 'down', comment: 'Wrong door.' },
        { rater: 'user:a', rating: 'up' },
      ],
    });
    const unrate = (rater?: string) =>
      ({ does: 'unrate', question: 'q1', at: 6, ...named(rater) }) as const;
    expect(then(unrate('user:b')).question?.ratings).toHaveLength(1);
    expect(then(unrate('user:b')).events).toEqual([]);
    const gone = then(unrate());
    expect(gone.events).toMatchObject([{ type: 'answering.question.unrated.v1' }]);
    expect(gone.question).not.toHaveProperty('rating');
  });

  it('settles and rates nothing that was taken back, which happens once', () => {
    const withdraw = { does: 'withdraw', question: 'q1', reason: 'deleted', at: 4 } as const;
    expect(refusing(() => dialogue(asked('q2')).when(withdraw))).toBe('API_NOT_FOUND');
    const { events, state } = dialogue(asked('q1')).when(withdraw);
    expect(state?.questions).toMatchObject([{ withdrawn: 'deleted' }]);
    const { when } = dialogue(asked('q1'), ...events);
    expect(when(withdraw).events).toEqual([]);
    expect(when({ does: 'settle', outcome: answered('q1') }).events).toEqual([]);
    const rate = { does: 'rate', question: 'q1', rating: 'up', at: 5 } as const;
    expect(refusing(() => when(rate))).toBe('API_NOT_FOUND');
    expect(refusing(() => when({ does: 'unrate', question: 'q1', at: 5 }))).toBe('API_NOT_FOUND');
  });

  it('takes no more questions once all of them were taken back', () => {
    const back = (question: string): DialogueEvent => ({
      type: 'answering.question.withdrawn.v1',
      occurredAt: 5,
      data: { question, reason: 'deleted' },
    });
    const both = [asked('q1'), asked('q2', 2)];
    expect(dialogue(...both, back('q1')).when(ask('q3')).events).toEqual([asked('q3', 3)]);
    const { when } = dialogue(...both, back('q1'), back('q2'));
    expect(refusing(() => when(ask('q3')))).toBe('ANSWERING_DIALOGUE_ARCHIVED');
    expect(when(ask('q1')).events).toEqual([]);
  });

  it('takes no question and no title once it is archived, and is archived once', () => {
    const { when } = dialogue(asked('q1'), archived);
    const refused = 'ANSWERING_DIALOGUE_ARCHIVED';
    expect(refusing(() => when(ask('q2')))).toBe(refused);
    expect(refusing(() => when({ does: 'rename', title: 'Fuses', at: 5 }))).toBe(refused);
    expect(when({ does: 'archive', at: 5 }).events).toEqual([]);
  });

  it('is still there without its words once they were erased', () => {
    const { personal: _asked, ...askedBare } = asked('q1');
    const { personal: _answered, ...answeredBare } = answered('q1');
    const { state } = dialogue(askedBare, answeredBare);
    expect(state?.questions).toMatchObject([{ id: 'q1', outcome: 'answered', quotes: [] }]);
    expect(state?.questions[0]).not.toHaveProperty('text');
    expect(state?.questions[0]).not.toHaveProperty('answer');
  });
});
