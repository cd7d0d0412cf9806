import type { ModelBudget } from '#libs/answering';
import { ScriptedChatModel } from '#libs/testing';
import { afterEach, describe, expect, it } from '@jest/globals';

import { hitOf, type AnsweringWorld } from './answering-world.js';
import { dayBudget, NOTICE, openWithModel } from './model-world.js';

const fuses = hitOf(NOTICE, 'The hall is blue. The fuse box is behind the coats.');
const QUESTION = 'where is the fuse box';
const SAID = 'The fuse box is behind the coats [1].';
const ben = { asker: 'user:ben', principals: ['staff', 'user:ben'] };
const room = 'GENERAL';

describe('a budget of the day', () => {
  let world: AnsweringWorld;
  let model: ScriptedChatModel;
  const open = async (limits: Partial<ModelBudget>): Promise<AnsweringWorld> => {
    model = new ScriptedChatModel({ script: () => [SAID] });
    world = await openWithModel(model, { hits: [fuses] }, { budget: dayBudget(limits) });
    return world;
  };
  const useNow = () => world.answering.readModelUse();
  afterEach(() => world.parts.close());

  it.each<[string, Partial<ModelBudget>, string]>([
    ['of a person in questions', { perPersonDay: 0 }, 'your budget'],
    ['of a person in tokens', { tokensPerPersonDay: 100 }, 'your budget'],
    ['of a person in money', { centsPerPersonDay: 0 }, 'your budget'],
    ['of a room in questions', { perRoomDay: 0 }, 'this room’s budget'],
    ['of a room in tokens', { tokensPerRoomDay: 100 }, 'this room’s budget'],
    ['of a room in money', { centsPerRoomDay: 0 }, 'this room’s budget'],
    ['of the company in tokens', { tokensPerDay: 100 }, 'the company’s budget'],
    ['of the company in money', { centsPerDay: 0 }, 'the company’s budget'],
  ])('%s says so when it is used up, and takes nothing of anybody', async (_, limits, whose) => {
    const { ask } = await open(limits);
    const answer = await ask(QUESTION, { room });
    expect(answer).toMatchObject({ way: 'extractive', citations: [{ record: NOTICE }] });
    expect(answer.answer).toContain(whose);
    expect(model.requests).toEqual([]);
    const { all, people, rooms } = await useNow();
    const none = { answers: 0, inputTokens: 0, outputTokens: 0, microCents: 0 };
    for (const use of [all, ...people, ...rooms]) expect(use).toMatchObject(none);
  });

  it('says whose it is in the language of the question', async () => {
    const analysis = { languages: ['de'], faint: [], words: [] };
    model = new ScriptedChatModel({ script: () => [SAID] });
    const finds = { hits: [fuses], analysis };
    world = await openWithModel(model, finds, { budget: dayBudget({ perPersonDay: 0 }) });
    expect((await world.ask(QUESTION)).answer).toContain('Ihr Tagesbudget');
  });

  it('of one person costs others nothing, in the same room', async () => {
    const { ask } = await open({ perPersonDay: 1, perRoomDay: 2 });
    expect((await ask(QUESTION, { room })).way).toBe('model');
    for (let more = 0; more < 3; more++)
      expect((await ask(QUESTION, { room })).answer).toContain('your budget');
    expect((await ask(QUESTION, { room, ...ben })).way).toBe('model');
    expect((await ask(QUESTION, { ...ben, room })).answer).toContain('your budget');
    const carla = { asker: 'user:carla', principals: ['staff', 'user:carla'] };
    expect((await ask(QUESTION, { room, ...carla })).answer).toContain('this room’s budget');
    // Where no room pays, the person still may.
    expect((await ask(QUESTION, carla)).way).toBe('model');
  });

  it('is shown with what is left, of a person and of a room by a hash', async () => {
    const { ask, answering } = await open({ perPersonDay: 5, perRoomDay: 7 });
    await ask(QUESTION, { room });
    await ask(QUESTION, ben);
    const { day, people, rooms, left, all } = await useNow();
    expect(day).toMatch(/^\d{4}-\d\d-\d\d$/u);
    expect(people.map((use) => use.left.answers)).toEqual([4, 4]);
    expect(rooms).toMatchObject([{ answers: 1, left: { answers: 6 } }]);
    expect(left).not.toHaveProperty('answers');
    expect(left.tokens).toBe(1e12 - all.inputTokens - all.outputTokens);
    expect(JSON.stringify({ people, rooms })).not.toMatch(/anna|ben|GENERAL/u);
    const ofBen = await answering.readModelUse(undefined, ben.asker);
    expect(ofBen.people).toHaveLength(1);
    expect(people).toContainEqual(ofBen.people[0]);
    expect(ofBen.rooms).toEqual([]);
    const ofNobody = await answering.readModelUse(undefined, 'user:nobody');
    expect(ofNobody.people).toMatchObject([{ answers: 0, left: { answers: 5 } }]);
  });

  it('is never overdrawn by many who ask at once', async () => {
    const { ask } = await open({ perRoomDay: 4 });
    const people = Array.from({ length: 9 }, (_, i) => ({
      asker: `user:${i}`,
      principals: ['staff', `user:${i}`],
    }));
    const answers = await Promise.all(people.map((one) => ask(QUESTION, { room, ...one })));
    expect(answers.filter(({ way }) => way === 'model')).toHaveLength(4);
    const use = await useNow();
    expect(use.rooms).toMatchObject([{ answers: 4 }]);
    expect(use.all.answers).toBe(4);
    expect(use.people.reduce((sum, { answers: made }) => sum + made, 0)).toBe(4);
  });
});
