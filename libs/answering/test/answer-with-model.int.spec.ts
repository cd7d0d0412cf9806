import { composeAnswering, type AnswerProgress } from '#libs/answering';
import { fault } from '#libs/kernel';
import { ScriptedChatModel, type ChatScript, type ChatStep } from '#libs/testing';
import { afterEach, describe, expect, it } from '@jest/globals';

import { ANNA, hitOf, type AnsweringWorld } from './answering-world.js';
import { home, stay } from './count-facts.js';
import {
  dayBudget,
  modelParts,
  notice,
  openWithModel,
  NOTICE,
  withModelAgain,
} from './model-world.js';

const fuses = hitOf(NOTICE, 'The hall is blue. The fuse box is behind the coats.');
const QUESTION = 'where is the fuse box';
const SAID = 'The fuse box is behind the coats [1].';

describe('a question with a language model', () => {
  let world: AnsweringWorld;
  let model: ScriptedChatModel;
  const open = async (script: ChatScript | readonly (readonly ChatStep[])[], options = {}) => {
    model = new ScriptedChatModel({ script });
    world = await openWithModel(model, { hits: [fuses], ...options });
    return world;
  };
  afterEach(() => world.parts.close());

  it('is answered in its words, each with a source; sentences come when they are checked', async () => {
    const { ask, answering } = await open([
      ['The fuse box is be', 'hind the coats [1]. The hall', ' is blue [1].'],
    ]);
    const heard: AnswerProgress[] = [];
    const cause = { actor: 'anna', cause: '019ad3c2-5b00-7a11-8c22-00000000aaaa' };
    const request = { asker: ANNA, principals: ['staff', ANNA], text: QUESTION };
    const answer = await answering.ask(request, cause, (progress) => heard.push(progress));
    expect(answer).toMatchObject({
      outcome: 'answered',
      way: 'model',
      answer: 'The fuse box is behind the coats [1]. The hall is blue [1].',
      citations: [
        { record: NOTICE, quote: 'The hall is blue. … The fuse box is behind the coats.' },
      ],
    });
    expect(heard.map(({ sort }) => sort)).toEqual(['sources', 'sentence', 'sources', 'sentence']);
    const said = heard.flatMap((one) => (one.sort === 'sentence' ? [one.text] : []));
    expect(said.join(' ')).toBe(answer.answer);
    expect((await ask(QUESTION)).way).toBe('extractive');
  });

  it('loses what its sources do not say, and numbers sources by their first use', async () => {
    const other = hitOf('notice/door.main.8', 'The key hangs beside the door.');
    await open(
      [
        [
          'The fuse box is behind the fridge [1]. The key hangs beside the door [2]. ',
          'It is nice here. The fuse box is behind the coats [1][2]. See [9].',
        ],
      ],
      { hits: [fuses, other] },
    );
    await world.tell(notice('Keys', '8'));
    expect(await world.ask(QUESTION)).toMatchObject({
      way: 'model',
      answer: 'The key hangs beside the door [1]. The fuse box is behind the coats [2].',
      citations: [{ record: 'notice/door.main.8' }, { record: NOTICE }],
    });
  });

  it('gets the best sentences where nothing that was said is left', async () => {
    const { ask } = await open([['The fuse box is behind the fridge [1]. I think so.']]);
    const answer = await ask(QUESTION);
    expect(answer).toMatchObject({ way: 'extractive', citations: [{ record: NOTICE }] });
    expect(answer.answer).toContain('said nothing that stands in them');
  });

  it.each<[string, readonly ChatStep[]]>([
    ['is away', [{ fails: fault('CHAT_MODEL_UNAVAILABLE') }]],
    ['is busy', [{ fails: fault('CHAT_MODEL_BUSY', { retryAfterMs: 60_000 }) }]],
    ['refuses', [{ fails: fault('CHAT_MODEL_REFUSED') }]],
    ['falls silent', [{ then: 'falls_silent' }]],
    ['is cut off before a sentence', ['The fuse box is', { then: 'breaks_off' }]],
  ])('gets the best sentences where the model %s', async (_, steps) => {
    const { ask } = await open([steps]);
    const began = performance.now();
    const answer = await ask(QUESTION);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(answer).toMatchObject({ way: 'extractive' });
    expect(answer.answer).toContain('The fuse box is behind the coats. [1]');
    expect(answer.answer).toContain('does not answer now');
  });

  it('keeps what was shown where the model breaks off, and adds what fits best', async () => {
    const { ask } = await open([['The hall is blue [1]. The fuse', { then: 'breaks_off' }]]);
    const answer = await ask(QUESTION);
    expect(answer).toMatchObject({
      way: 'model',
      citations: [{ record: NOTICE }, { record: NOTICE }],
    });
    expect(answer.answer).toMatch(
      /^The hall is blue \[1\]\.\n\nThe language model stopped.*\n.*coats\. \[2\]$/su,
    );
  });

  it('does not wait for a model that is busy, until its time is over', async () => {
    const busy = fault('CHAT_MODEL_BUSY', { retryAfterMs: 60_000 });
    const { ask, parts } = await open([[{ fails: busy }], [SAID]]);
    await ask(QUESTION);
    expect((await ask(QUESTION)).way).toBe('extractive');
    expect(model.requests).toHaveLength(1);
    parts.clock.pass(60_001);
    expect((await ask(QUESTION)).way).toBe('model');
  });

  it('never reaches it where the code abstains', async () => {
    const { ask } = await open([], { hits: [{ ...fuses, coverage: 0.2 }] });
    expect((await ask('is the sauna open in winter')).outcome).toBe('abstained');
    expect(model.requests).toEqual([]);
  });

  it('is kept with the model and its tokens, and the same key is the same answer', async () => {
    const { ask, parts } = await open([[SAID]]);
    const first = await ask(QUESTION, { key: 'k' });
    expect(await ask(QUESTION, { key: 'k' })).toEqual(first);
    const facts = await parts.log.stream(`dialogue/${first.conversation}`, 0, 10);
    expect(facts).toHaveLength(2);
    expect(JSON.parse(facts[1]?.data ?? '')).toMatchObject({
      way: 'model',
      model: { name: 'scripted', outputTokens: 8 },
    });
  });

  it('goes on where a crash ended it, with one answer', async () => {
    const { ask, answeringParts, parts } = await open([[SAID]]);
    const dying = composeAnswering({
      ...answeringParts,
      model: {
        ...modelParts(model),
        makeMark: () => {
          throw new Error('killed');
        },
      },
    });
    const request = { asker: ANNA, principals: ['staff', ANNA], text: QUESTION, key: 'k9' };
    await expect(
      dying.ask(request, { actor: 'anna', cause: '019ad3c2-5b00-7a11-8c22-00000000bbbb' }),
    ).rejects.toThrow('killed');
    const answer = await ask(QUESTION, { key: 'k9' });
    expect(answer.way).toBe('model');
    expect(await parts.log.stream(`dialogue/${answer.conversation}`, 0, 10)).toHaveLength(2);
  });

  it('reads with tools what its asker may read, and no more', async () => {
    const { ask, tell } = await open([
      [
        { tool: 'find_reservations', args: { guest: 'maya' } },
        { tool: 'get_record', args: { record: 'notice/door.main.9' } },
      ],
      [
        { tool: 'get_record', args: 'no json' },
        { tool: 'post_message', args: {} },
      ],
      ['Maya Osei checks in on 15 September 2026 [2]. The fuse box is behind the coats [1].'],
    ]);
    await tell(
      home('h1', 'Harbour Loft'),
      stay({ guest: 'Maya Osei', from: '2026-09-15', to: '2026-09-18' }),
    );
    const answer = await ask(QUESTION);
    const told = model.requests.flatMap(({ messages }) =>
      messages.flatMap((one) => (one.role === 'tool' ? [one.text] : [])),
    );
    expect(told.join('\n')).toContain('Maya Osei');
    expect(told.join('\n')).toContain('Nothing was found.');
    expect(told.join('\n')).toContain('There is no such tool.');
    expect(told.join('\n')).toContain('not the arguments');
    expect(answer.answer).toContain('The fuse box is behind the coats');
  });

  it('is cut off at its last step, which has no tools', async () => {
    const again: ChatScript = ({ tools }) =>
      tools.length > 0 ? [{ tool: 'search_passages', args: { query: 'fuse' } }] : [SAID];
    const { ask } = await open(again);
    expect((await ask(QUESTION)).answer).toBe(SAID);
    expect(model.requests).toHaveLength(4);
  });

  it('costs a person of the budget of the day, which says so when it is used up', async () => {
    model = new ScriptedChatModel({ script: () => [SAID] });
    const budget = dayBudget({ perPersonDay: 2, tokensPerDay: 100_000, centsPerDay: 500 });
    world = await openWithModel(model, { hits: [fuses] }, { budget });
    const { ask, answering, parts } = world;
    await ask(QUESTION);
    await ask(QUESTION);
    const answer = await ask(QUESTION);
    expect(answer.way).toBe('extractive');
    expect(answer.answer).toContain('used up');
    expect(
      (await ask(QUESTION, { asker: 'user:ben', principals: ['staff', 'user:ben'] })).way,
    ).toBe('model');
    const { all, people } = await answering.readModelUse();
    expect(people.map(({ answers }) => answers).sort()).toEqual([1, 2]);
    expect(all.answers).toBe(3);
    expect(all.outputTokens).toBe(24);
    expect(all.microCents).toBe(all.inputTokens * 10 + all.outputTokens * 40);
    expect(JSON.stringify(people)).not.toMatch(/anna|ben/u);
    parts.clock.pass(86_400_000);
    expect((await ask(QUESTION)).way).toBe('model');
  });

  it('costs no more tokens than are left', async () => {
    model = new ScriptedChatModel({ script: () => [SAID] });
    const budget = dayBudget({ tokensPerDay: 300 });
    world = await openWithModel(model, { hits: [fuses] }, { budget });
    expect((await world.ask(QUESTION)).answer).toContain('used up');
    expect(model.requests).toEqual([]);
  });

  it('sees stand-ins for people, and the answer has their names back', async () => {
    const steps: ChatScript = ({ messages }, step) => {
      if (step === 0) return [{ tool: 'find_reservations', args: { guest: 'PersonA' } }];
      const found = messages.findLast(({ role }) => role === 'tool')?.text ?? '';
      const [guest = ''] = /Person[A-Z]+/u.exec(found) ?? [];
      return [`The guest name is ${guest} [2]. The fuse box is behind the coats of PersonA [1].`];
    };
    model = new ScriptedChatModel({ script: steps });
    const maya = hitOf(NOTICE, 'The fuse box is behind the coats of Maya Osei.');
    world = await openWithModel(model, { hits: [maya] }, { standIns: true });
    await world.tell(stay({ guest: 'Maya Osei', from: '2026-09-15', to: '2026-09-18' }));
    const [reservation] = (
      await world.catalog.recordsFor(['staff']).list({ kind: 'reservation', limit: 1 })
    ).items;
    const passage = { ...maya.passage, scope: [`reservation/${reservation?.['id'] as string}`] };
    world = await withModelAgain(world, model, [{ ...maya, passage }]);
    const answer = await world.ask('where is the fuse box of Maya Osei');
    expect(answer.answer).toContain('behind the coats of Maya Osei');
    expect(JSON.stringify(model.requests)).not.toMatch(/Maya|Osei/u);
  });

  it('sees no record of an excluded kind', async () => {
    model = new ScriptedChatModel({ script: () => [SAID] });
    world = await openWithModel(model, { hits: [fuses] }, { excludedKinds: new Set(['notice']) });
    const answer = await world.ask(QUESTION);
    expect(answer.answer).toContain('not shown to the language model');
    expect(model.requests).toEqual([]);
  });
});
