import { composeAnswering } from '#libs/answering';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ANNA, found, hitOf, openAnswering, type AnsweringWorld } from './answering-world.js';
import { notice, NOTICE } from './model-world.js';

const BEN = 'user:ben';
const ben = { asker: BEN, principals: ['staff', BEN] };
const cause = { actor: 'rooms', cause: '019ad3c2-5b00-7a11-8c22-0000000000cc' };
const QUOTED = 'The fuse box is behind the coats.';

describe('a question in a thread where others ask, too', () => {
  let world: AnsweringWorld;
  const later = <Given>(given: Given): Given => {
    world.parts.clock.pass(1_000);
    return given;
  };
  const turnsOf = async (...besides: readonly string[]): Promise<readonly string[]> => {
    await world.ask('and now', { besides });
    return (world.asked.at(-1)?.turns ?? []).map(({ text }) => text);
  };
  beforeEach(async () => {
    world = await openAnswering({ hits: [hitOf(NOTICE, `The hall is blue. ${QUOTED}`)] });
    await world.tell(notice('House book'));
  });
  afterEach(() => world.parts.close());

  it('is understood by their turns between its own, in the order of time', async () => {
    const first = later(await world.ask('where is the fuse box'));
    const other = later(await world.ask('who has the fuse box key', ben));
    later(await world.ask('and the fuse box wire', { conversation: first.conversation }));
    const { conversation } = first;
    await world.ask('and now', { conversation, besides: [other.conversation, conversation] });
    const turns = world.asked.at(-1)?.turns ?? [];
    expect(turns.filter(({ who }) => who === 'user').map(({ text }) => text)).toEqual([
      'where is the fuse box',
      'who has the fuse box key',
      'and the fuse box wire',
    ]);
    expect(turns.filter(({ who }) => who === 'other')).toHaveLength(3);
  });

  it('gets the last ten turns of all', async () => {
    const ids: string[] = [];
    for (const text of ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'])
      ids.push(later(await world.ask(`where is the fuse box ${text}`, ben)).conversation);
    const turns = await turnsOf(...ids);
    expect(turns).toHaveLength(10);
    expect(turns[0]).toBe('where is the fuse box b2');
  });

  it('hears of no answer whose source its readers may not read', async () => {
    const { conversation } = later(await world.ask('where is the fuse box', ben));
    expect(await turnsOf(conversation)).toContain(QUOTED);
    await world.ask('and now', { besides: [conversation], principals: [ANNA] });
    const turns = (world.asked.at(-1)?.turns ?? []).map(({ text }) => text);
    expect(turns).toEqual(['where is the fuse box']);
  });

  it('hears of none that was taken back or erased, nor of what is no dialogue', async () => {
    const back = later(await world.ask('where is the fuse box one', ben));
    later(
      await world.ask('where is the fuse box two', { ...ben, conversation: back.conversation }),
    );
    const gone = later(await world.ask('where is the fuse box three', ben));
    const said = { asker: BEN, conversation: back.conversation, question: back.id } as const;
    await world.answering.withdrawQuestion({ ...said, reason: 'edited' }, cause);
    await world.catalog.eraseQuoting([`dialogue/${gone.conversation}`], 'zoe');
    const turns = await turnsOf(back.conversation, gone.conversation, cause.cause, 'no-id');
    expect(turns).toEqual(['where is the fuse box two', QUOTED]);
  });

  it('gets the same turns after a crash: none of what was asked meanwhile', async () => {
    const other = later(await world.ask('where is the fuse box', ben));
    const request = { asker: ANNA, principals: ['staff', ANNA], text: 'and now', key: 'm1@1' };
    const dying = composeAnswering({
      ...world.answeringParts,
      search: () => Promise.reject(new Error('killed')),
    });
    const besides = [other.conversation];
    await expect(dying.ask({ ...request, besides }, cause)).rejects.toThrow('killed');
    later(undefined);
    await world.ask('and the wire', { ...ben, conversation: other.conversation });
    await world.ask('and now', { key: 'm1@1', besides });
    const turns = (world.asked.at(-1)?.turns ?? []).map(({ text }) => text);
    expect(turns).toEqual(['where is the fuse box', QUOTED]);
  });

  it('is read again where a turn of another was erased while it was answered', async () => {
    const other = later(await world.ask('where is the fuse box', ben));
    const heard: (readonly string[])[] = [];
    const answering = composeAnswering({
      ...world.answeringParts,
      async search({ text, turns = [] }) {
        heard.push(turns.map((turn) => turn.text));
        if (heard.length > 1) return found(text);
        await world.catalog.eraseQuoting([NOTICE, `dialogue/${other.conversation}`], 'zoe');
        return found(text, { hits: [hitOf(NOTICE, QUOTED)] });
      },
    });
    const request = { asker: ANNA, principals: ['staff', ANNA], text: 'where is the fuse box' };
    await answering.ask({ ...request, besides: [other.conversation] }, cause);
    expect(heard).toEqual([['where is the fuse box', QUOTED], []]);
  });
});
