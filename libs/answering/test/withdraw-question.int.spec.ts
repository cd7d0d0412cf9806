import { composeAnswering, type GivenAnswer } from '#libs/answering';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ANNA, found, hitOf, openAnswering, type AnsweringWorld } from './answering-world.js';
import { notice, NOTICE } from './model-world.js';

const anna = { asker: ANNA, principals: ['staff', ANNA] };
const BEN = 'user:ben';
const cause = { actor: 'rooms', cause: '019ad3c2-5b00-7a11-8c22-0000000000bb' };
const fuses = hitOf(NOTICE, 'The hall is blue. The fuse box is behind the coats.');
const notThere = { code: 'API_NOT_FOUND' };

let world: AnsweringWorld;
let first: GivenAnswer;
let second: GivenAnswer;
beforeEach(async () => {
  world = await openAnswering({ hits: [fuses] });
  await world.tell(notice('House book'));
  first = await world.ask('where is the fuse box');
  world.parts.clock.pass(1_000);
  second = await world.ask('and the sauna', { conversation: first.conversation });
  world.parts.clock.pass(1_000);
  await world.fold();
});
afterEach(() => world.parts.close());

const said = ({ id, conversation }: GivenAnswer) => ({ asker: ANNA, conversation, question: id });
const withdraw = async (question: GivenAnswer): Promise<void> => {
  await world.answering.withdrawQuestion({ ...said(question), reason: 'deleted' }, cause);
  await world.fold();
};
const stored = async (conversation: string): Promise<string> => {
  const facts = await world.parts.log.stream(`dialogue/${conversation}`, 0, 20);
  return JSON.stringify(await world.parts.journal.open(facts));
};

describe('a question that was taken back', () => {
  it('is neither shown nor listed nor found, and the rest of its dialogue is', async () => {
    const { answering } = world;
    await withdraw(first);
    await expect(answering.showQuestion(anna, first.id)).rejects.toMatchObject(notThere);
    const shown = await answering.showDialogue(anna, first.conversation);
    expect(shown.questions.map(({ id }) => id)).toEqual([second.id]);
    expect(shown.title).toBe('and the sauna');
    const { items } = await answering.listDialogues(anna, { limit: 10 });
    expect(items).toMatchObject([{ id: first.conversation, title: 'and the sauna' }]);
    expect(await answering.findDialogues(anna, 'fuse', 10)).toEqual([]);
    expect(await answering.findDialogues(anna, 'sauna', 10)).toHaveLength(1);
    const record = await world.catalog.recordsFor([ANNA]).show('question', first.id);
    expect(record).toMatchObject({ withdrawn: 'deleted' });
    expect(JSON.stringify(record)).not.toMatch(/fuse|notice/u);
    await withdraw(second);
    const { items: questions } = await world.catalog
      .recordsFor([ANNA])
      .list({ kind: 'question', where: { asker: ANNA, turn: 2 }, limit: 10 });
    expect(questions).toEqual([]);
  });

  it('is no turn of what is asked after it, and answered by nobody', async () => {
    await withdraw(first);
    await world.ask('and the keys', { conversation: first.conversation });
    const texts = world.asked.at(-1)?.turns?.map(({ text }) => text);
    expect(texts).toContain('and the sauna');
    expect(texts).not.toContain('where is the fuse box');
  });

  it('gets no answer of a process that was at work', async () => {
    const key = 'm1@1';
    const early = await world.ask('where is the cellar', { key });
    await withdraw(early);
    const late = await world.ask('where is the cellar', { key });
    expect(late).toMatchObject({ outcome: 'withdrawn', question: '', citations: [] });
    expect(late.answer).toBe('This question was taken back.');
  });

  it('gets none, too, where it was taken back while it was answered', async () => {
    let id = '';
    const answering = composeAnswering({
      ...world.answeringParts,
      async search({ text }) {
        const [asked] = await world.parts.log.stream(`dialogue/${cause.cause}`, 0, 1);
        id = (JSON.parse(asked?.data ?? '{}') as { question: string }).question;
        const back = { asker: ANNA, conversation: id, question: id, reason: 'edited' } as const;
        await world.answering.withdrawQuestion(back, cause);
        return found(text, { hits: [fuses] });
      },
    });
    const given = await answering.ask({ ...anna, text: 'where is the cellar' }, cause);
    expect(given).toMatchObject({ id, outcome: 'withdrawn', question: '' });
    expect(await answering.giveUp({ ...anna, text: 'where is the cellar' }, cause)).toEqual(given);
    expect(await stored(id)).not.toMatch(/cellar|coats|abstained|answered/u);
  });

  it('takes its dialogue along once nothing else is in it, and all that was stored of it', async () => {
    const { answering } = world;
    await withdraw(first);
    expect(await stored(first.conversation)).toContain('fuse box');
    await withdraw(second);
    expect(await stored(first.conversation)).not.toMatch(/fuse|sauna|coats/u);
    await expect(answering.showDialogue(anna, first.conversation)).rejects.toMatchObject(notThere);
    expect((await answering.listDialogues(anna, { limit: 10 })).items).toEqual([]);
    await expect(world.ask('and now', { conversation: first.conversation })).rejects.toMatchObject({
      code: 'ANSWERING_DIALOGUE_ARCHIVED',
    });
    // Again, as after a crash: nothing more is erased.
    const { position } = await world.parts.log.head();
    await withdraw(second);
    expect((await world.parts.log.head()).position).toBe(position);
  });

  it('stays where somebody else says so, or where it is not', async () => {
    const { answering } = world;
    const { position } = await world.parts.log.head();
    const reason = 'edited' as const;
    await answering.withdrawQuestion({ ...said(first), asker: BEN, reason }, cause);
    await answering.withdrawQuestion({ ...said(first), question: cause.cause, reason }, cause);
    await answering.withdrawQuestion({ ...said(first), conversation: cause.cause, reason }, cause);
    expect((await world.parts.log.head()).position).toBe(position);
  });
});

describe('an answer that others read', () => {
  it('is rated by each of them, and its asker’s word is shown', async () => {
    const { answering } = world;
    await answering.rateForAll(
      { ...said(first), rater: BEN, rating: 'down', comment: 'No.' },
      cause,
    );
    expect(await answering.showQuestion(anna, first.id)).not.toHaveProperty('rating');
    await world.fold();
    expect(await world.catalog.recordsFor([ANNA]).show('question', first.id)).not.toHaveProperty(
      'rating',
    );
    await answering.rateForAll({ ...said(first), rater: ANNA, rating: 'up' }, cause);
    const { position } = await world.parts.log.head();
    await answering.rateForAll({ ...said(first), rater: ANNA, rating: 'up' }, cause);
    await answering.rateForAll(
      { ...said(first), rater: BEN, rating: 'down', comment: 'No.' },
      cause,
    );
    expect((await world.parts.log.head()).position).toBe(position);
    expect(await answering.showQuestion(anna, first.id)).toMatchObject({ rating: 'up' });
    world.parts.clock.pass(1);
    await answering.rateForAll({ ...said(first), rater: ANNA }, cause);
    expect(await answering.showQuestion(anna, first.id)).not.toHaveProperty('rating');
    await world.fold();
    expect(await world.catalog.recordsFor([ANNA]).show('question', first.id)).not.toHaveProperty(
      'rating',
    );
  });

  it('is not rated once it is gone', async () => {
    const { answering } = world;
    await withdraw(first);
    const { position } = await world.parts.log.head();
    await answering.rateForAll({ ...said(first), rater: BEN, rating: 'up' }, cause);
    await answering.rateForAll(
      { ...said(first), conversation: cause.cause, rater: BEN, rating: 'up' },
      cause,
    );
    expect((await world.parts.log.head()).position).toBe(position);
  });
});
