import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ANNA, openAnswering, type AnsweringWorld } from './answering-world.js';

const anna = { asker: ANNA, principals: ['staff', ANNA] };
const ben = { asker: 'user:ben', principals: ['staff', 'user:ben'] };
const cause = { actor: 'anna', cause: '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f' };

describe('dialogues of a person', () => {
  let world: AnsweringWorld;
  let first: string;
  let second: string;
  beforeEach(async () => {
    world = await openAnswering({ hits: [] });
    ({ conversation: first } = await world.ask('Where is the fuse box of Harbour Loft?'));
    world.parts.clock.pass(1000);
    ({ conversation: second } = await world.ask('Is there a sauna?'));
    world.parts.clock.pass(1000);
    await world.ask('And the wifi?', { conversation: first });
    await world.fold();
  });
  afterEach(() => world.parts.close());

  it('are listed, the one used last first, to that person only', async () => {
    const { answering } = world;
    const { items } = await answering.listDialogues(anna, { limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([first, second]);
    expect(items[0]).toMatchObject({ title: 'Where is the fuse box of Harbour Loft?' });
    expect((await answering.listDialogues(ben, { limit: 10 })).items).toEqual([]);
    await expect(answering.showDialogue(ben, first)).rejects.toMatchObject({
      code: 'API_NOT_FOUND',
    });
  });

  it('are found by words of their questions, in any of them', async () => {
    const { answering } = world;
    const found = async (text: string, reader = anna) =>
      (await answering.findDialogues(reader, text, 10)).map(({ id }) => id);
    expect(await found('SAUNA')).toEqual([second]);
    expect(await found('wifi')).toEqual([first]);
    expect(await found('fuse harb')).toEqual([first]);
    expect(await found('pool')).toEqual([]);
    expect(await found('sauna', ben)).toEqual([]);
  });

  it('keep a title, and take no question once they are archived', async () => {
    const { answering } = world;
    await answering.renameDialogue(anna, first, 'Fuses and wifi', cause);
    const { title, questions } = await answering.archiveDialogue(anna, first, cause);
    expect({ title, turns: questions.length }).toEqual({ title: 'Fuses and wifi', turns: 2 });
    await world.fold();
    const { items } = await answering.listDialogues(anna, { limit: 10 });
    expect(items[0]).toMatchObject({ id: first, title: 'Fuses and wifi', archived: true });
    await expect(world.ask('And now?', { conversation: first })).rejects.toMatchObject({
      code: 'ANSWERING_DIALOGUE_ARCHIVED',
    });
  });

  it('take a rating of any of their questions from their person only', async () => {
    const { answering } = world;
    const { questions } = await answering.showDialogue(anna, first);
    const later = questions[1]?.id ?? '';
    const rating = { question: later, rating: 'down', comment: 'It is on the router.' } as const;
    expect(await answering.rateAnswer(anna, rating, cause)).toMatchObject({
      id: later,
      rating: 'down',
    });
    await expect(answering.rateAnswer(ben, rating, cause)).rejects.toMatchObject({
      code: 'API_NOT_FOUND',
    });
    expect(await answering.showQuestion(anna, later)).toMatchObject({ conversation: first });
  });
});
