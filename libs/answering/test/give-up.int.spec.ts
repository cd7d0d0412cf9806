import { composeAnswering, type AnsweringParts } from '#libs/answering';
import { afterEach, describe, expect, it } from '@jest/globals';

import { ANNA, found, hitOf, openAnswering, type AnsweringWorld } from './answering-world.js';
import { notice, NOTICE } from './model-world.js';

const fuses = hitOf(NOTICE, 'The hall is blue. The fuse box is behind the coats.');
const QUESTION = 'where is the fuse box';
const request = { asker: ANNA, principals: ['staff', ANNA], text: QUESTION, key: 'm1@1' };
const cause = { actor: 'rooms', cause: '019ad3c2-5b00-7a11-8c22-0000000000aa' };

describe('a question that nobody came to answer', () => {
  let world: AnsweringWorld;
  const open = async (...answers: Parameters<typeof openAnswering>): Promise<AnsweringWorld> => {
    world = await openAnswering(...answers);
    await world.tell(notice('House book'));
    return world;
  };
  const withSearch = (search: AnsweringParts['search']) =>
    composeAnswering({ ...world.answeringParts, search });
  const factsOf = async (conversation: string) =>
    (await world.parts.log.stream(`dialogue/${conversation}`, 0, 10)).map(({ type }) => type);
  afterEach(() => world.parts.close());

  it('gets an apology with the nearest sources, also if it never was in the dialogue', async () => {
    const { answering, asked } = await open({ hits: [fuses] });
    const given = await answering.giveUp(request, cause);
    expect(given).toMatchObject({ outcome: 'abstained', question: QUESTION });
    expect(given.answer).toMatch(/^Sorry, I did not get to an answer\./u);
    expect(given.answer).toContain('The fuse box is behind the coats. [1]');
    expect(given.citations).toMatchObject([{ record: NOTICE }]);
    // Earlier questions of the asker are no sources.
    expect(asked[0]?.principals).toEqual(['staff']);
    expect(await answering.giveUp(request, cause)).toEqual(given);
    expect(await factsOf(given.conversation)).toHaveLength(2);
  });

  it('is the question that a dead process had kept, by the same key', async () => {
    const { answering } = await open({ hits: [fuses] });
    const dying = withSearch(() => Promise.reject(new Error('killed')));
    await expect(dying.ask(request, cause)).rejects.toThrow('killed');
    const given = await answering.giveUp(request, {
      ...cause,
      cause: cause.cause.replace('aa', 'ab'),
    });
    expect(await factsOf(given.conversation)).toEqual([
      'answering.question.asked.v1',
      'answering.question.abstained.v1',
    ]);
    expect(await answering.ask(request, cause)).toEqual(given);
  });

  it('keeps an answer that is there already, and one that a late process was about to keep', async () => {
    const { answering } = await open({ hits: [fuses] });
    const answer = await answering.ask(request, cause);
    expect(await answering.giveUp(request, cause)).toEqual(answer);
    const { promise: searched, resolve: go } = Promise.withResolvers<undefined>();
    const { promise: began, resolve: begun } = Promise.withResolvers<undefined>();
    const late = withSearch(async ({ text }) => {
      begun(undefined);
      await searched;
      return found(text, { hits: [fuses] });
    });
    const other = { ...request, key: 'm2@1' };
    const ofLate = late.ask(other, cause);
    await began;
    const given = await answering.giveUp(other, cause);
    expect(given.outcome).toBe('abstained');
    go(undefined);
    expect(await ofLate).toEqual(given);
  });

  it('gets the apology alone in its own language while the search does not answer', async () => {
    await open();
    const failing = withSearch(() => Promise.reject(new Error('away')));
    const text = 'Wo ist denn der Sicherungskasten in der Wohnung?';
    const given = await failing.giveUp({ ...request, text }, cause);
    expect(given).toMatchObject({ outcome: 'abstained', language: 'de', citations: [] });
    expect(given.answer).toMatch(/^Es tut mir leid/u);
    expect(given.answer).not.toContain('Quellen');
  });

  it('names no source that its readers may not read', async () => {
    const { answering } = await open({
      hits: [hitOf('notice/door.main.99', 'A secret of others.')],
    });
    const given = await answering.giveUp(request, cause);
    expect(given.answer).toBe('Sorry, I did not get to an answer. Please ask again.');
    expect(given.citations).toEqual([]);
  });
});
