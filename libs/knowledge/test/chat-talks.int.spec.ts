import { roomPrincipal, staff } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CHAT_AT, IndexingWorld } from './indexing-world.js';

const HOUR_MS = 3_600_000;
const ROOM = 'chat.main.r1';
const OTHER_ROOM = 'chat.main.r2';
const HOUR = `chat_message/${ROOM}/2026-11-03T08`;

let world: IndexingWorld;
beforeEach(async () => {
  world = await IndexingWorld.open();
});
afterEach(() => world.parts.close());

const index = (...ids: readonly string[]) =>
  world.knowledge.indexRecords(ids.map((id) => ({ kind: 'chat_message', id })));
const membersOf = (unit: string) => world.recordsIn(unit, 'chat_message');
const named = (...ids: readonly string[]) => ids.map((id) => `chat_message/${id}`);

const foundIn = async (room: string, text: string) => {
  const principals = [...staff, roomPrincipal(room)];
  const { hits } = await world.knowledge.search({
    ...{ text, turns: [], principals, timeZone: 'UTC', limit: 20 },
  });
  return hits.map(({ passage }) => passage);
};
const textsIn = async (room: string, text: string) =>
  (await foundIn(room, text)).map(({ text: words }) => words).join('\n');

describe('messages of a room', () => {
  it('are searched together where they fall into one hour, with who wrote them and when', async () => {
    await world.chat('a', 'Where is the linen?');
    await world.chat('b', 'In the blue cupboard.', { at: CHAT_AT + 60_000 });
    await world.chat('c', 'Thanks for the linen!', { at: CHAT_AT + HOUR_MS });
    await index('a', 'b', 'c');
    expect(await membersOf(HOUR)).toEqual(named('a', 'b'));
    expect(await membersOf(`chat_message/${ROOM}/2026-11-03T09`)).toEqual(named('c'));
    const [best] = await foundIn('r1', 'where is the linen');
    expect(best?.text).toMatch(/Maya, .*08:12:\nWhere is the linen\?\n\nMaya, .*In the blue/su);
  });

  it('are searched by nobody who is not in it, be they of the staff', async () => {
    await world.chat('a', 'Where is the linen?');
    await index('a');
    expect(await foundIn('r1', 'linen')).toHaveLength(1);
    expect(await foundIn('r2', 'linen')).toEqual([]);
    expect(await foundIn(ROOM, 'linen')).toEqual([]);
  });

  it('name no talk in what they are about', async () => {
    await world.chat('a', 'Where is the linen?');
    await index('a');
    const [passage] = await foundIn('r1', 'linen');
    expect(passage?.scope).toEqual(['chat_message/a', `chat_room/${ROOM}`]);
  });

  it('are found as they were edited, and not at all once they were taken away', async () => {
    await world.chat('a', 'The linen is in the cellar.');
    await world.chat('b', 'Fine.', { at: CHAT_AT + 1 });
    await index('a', 'b');
    await world.chat('a', 'The linen is in the attic.');
    // The index does not know it yet: what it proposes is not shown.
    expect(await textsIn('r1', 'linen in the cellar')).not.toContain('cellar');
    await index('a');
    expect(await textsIn('r1', 'linen')).toContain('attic');
    await world.chat('a', undefined);
    expect(await textsIn('r1', 'linen attic')).not.toContain('attic');
    await index('a');
    expect(await membersOf(HOUR)).toEqual(named('b'));
    expect(await world.differing()).toEqual([]);
  });

  it('are all found, of an hour in which many were written', async () => {
    const ids = Array.from({ length: 300 }, (_, i) => `m${i}`);
    for (const [i, id] of ids.entries())
      await world.chat(id, `Number ${i} of the day`, { at: CHAT_AT + i });
    await index(...ids);
    expect(await membersOf(HOUR)).toHaveLength(300);
    expect(await textsIn('r1', 'number 217')).toContain('Number 217 of the day');
  });
});

describe('a thread', () => {
  const withThread = async () => {
    await world.chat('root', 'Which code has the keybox?');
    await world.chat('r1', 'Ask Tomas.', { at: CHAT_AT + 60_000, thread: 'root' });
    await world.chat('r2', 'It is 4177.', { at: CHAT_AT + 50 * HOUR_MS, thread: 'root' });
    await index('root', 'r1', 'r2');
  };

  it('begins with its root, which stands in the hour of its room as well', async () => {
    await withThread();
    expect(await membersOf('chat_message/root')).toEqual(named('r1', 'r2', 'root'));
    expect(await membersOf(HOUR)).toEqual(named('root'));
    const texts = (await foundIn('r1', 'keybox code')).map(({ text: words }) => words);
    expect(texts.some((words) => /keybox\?.*Ask Tomas/su.test(words))).toBe(true);
    expect(await world.differing()).toEqual([]);
  });

  it('is none before anybody answered, and when all answers are gone', async () => {
    await world.chat('root', 'Which code has the keybox?');
    await index('root');
    expect(await membersOf('chat_message/root')).toEqual([]);
    await withThread();
    await world.chat('r1', undefined);
    await world.chat('r2', undefined);
    await index('r1', 'r2');
    expect(await membersOf('chat_message/root')).toEqual([]);
    expect(await membersOf(HOUR)).toEqual(named('root'));
    expect(await world.differing()).toEqual([]);
  });

  it('follows an edit of its root in both places', async () => {
    await withThread();
    await world.chat('root', 'Which code has the gate?');
    await index('root');
    expect(await textsIn('r1', 'code of the gate or keybox')).not.toContain('keybox');
    expect(await membersOf('chat_message/root')).toEqual(named('r1', 'r2', 'root'));
    expect(await world.differing()).toEqual([]);
  });

  it('stays without its root when only that was taken away or erased', async () => {
    for (const takeAway of [
      () => world.chat('root', undefined),
      () => world.erase('chat_message', 'root'),
    ]) {
      await withThread();
      await takeAway();
      await index('root');
      expect(await membersOf('chat_message/root')).toEqual(named('r1', 'r2'));
      expect(await membersOf(HOUR)).toEqual([]);
      expect(await textsIn('r1', 'keybox code 4177')).toMatch(/^(?!.*keybox).*4177/su);
      expect(await world.differing()).toEqual([]);
    }
  });

  it('is searched where nobody knows its root, and has it once that is there', async () => {
    await world.chat('r1', 'It is 4177.', { thread: 'root' });
    await index('r1');
    expect(await membersOf('chat_message/root')).toEqual(named('r1'));
    await world.chat('root', 'Which code has the keybox?', { at: CHAT_AT - 1 });
    await index('root');
    expect(await membersOf('chat_message/root')).toEqual(named('r1', 'root'));
    expect(await world.differing()).toEqual([]);
  });

  it('shows an answer that stands in another room to that room only, and to that room too', async () => {
    await world.chat('root', 'Which code has the keybox?');
    await world.chat('r1', 'The payout is wrong.', { room: OTHER_ROOM, thread: 'root' });
    await index('root', 'r1');
    expect(await textsIn('r1', 'keybox payout')).toMatch(/^(?!.*payout).*keybox/su);
    expect(await textsIn('r2', 'keybox payout')).toMatch(/^(?!.*keybox).*payout/su);
  });
});

describe('every talk', () => {
  const messages = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom(...Array.from({ length: 9 }, (_, i) => `m${i}`)),
      room: fc.constantFrom(ROOM, OTHER_ROOM),
      hour: fc.integer({ min: 0, max: 2 }),
      thread: fc.option(fc.constantFrom('m0', 'm1', 'nobody'), { nil: undefined }),
      isGone: fc.boolean(),
    }),
    { selector: ({ id }) => id, maxLength: 9 },
  );

  it('is met once by who walks all of them, and holds what belongs to it', () =>
    fc.assert(
      fc.asyncProperty(messages, fc.integer({ min: 1, max: 4 }), async (all, limit) => {
        const place = await IndexingWorld.open();
        const expected = new Map<string, Set<string>>();
        const add = (unit: string, id: string) =>
          void expected.set(unit, (expected.get(unit) ?? new Set()).add(`chat_message/${id}`));
        const there = all.filter(({ isGone }) => !isGone);
        for (const { id, room, hour, thread, isGone } of all)
          await place.chat(id, isGone ? undefined : id, {
            room,
            at: CHAT_AT + hour * HOUR_MS,
            thread,
          });
        for (const { id, room, hour, thread } of there)
          add(
            `chat_message/${thread ?? `${room}/2026-11-03T${String(8 + hour).padStart(2, '0')}`}`,
            id,
          );
        for (const { id } of there)
          if (expected.has(`chat_message/${id}`)) add(`chat_message/${id}`, id);

        const { units } = place.knowledgeParts().catalog;
        const met: string[] = [];
        for (let after: string | undefined; ;) {
          const page = await units.all('chat_message', {
            limit,
            ...(after !== undefined && { after }),
          });
          met.push(...page.units);
          if (page.next === undefined) break;
          after = page.next;
        }
        const loaded = (await units.load([...new Set(met)])).filter(
          ({ records }) => records.length > 0,
        );
        const held = new Map(
          loaded.map(({ unit, records }) => [
            unit,
            new Set(records.map(({ kind, id }) => `${kind}/${id}`)),
          ]),
        );
        for (const { unit, records } of loaded) expect(held.get(unit)?.size).toBe(records.length);
        expect(held).toEqual(expected);
        // A talk of which all is gone is no talk: only the gone message itself is met.
        const talks = met.filter((unit) => expected.has(unit));
        expect(talks.length - new Set(talks).size).toBeLessThanOrEqual(
          all.filter(({ id, isGone }) => isGone && expected.has(`chat_message/${id}`)).length,
        );
        for (const { id } of there) {
          const own = await units.unitsOf([{ kind: 'chat_message', id }]);
          for (const [unit, members] of expected)
            if (members.has(`chat_message/${id}`)) expect(own).toContain(unit);
        }
        await place.parts.close();
      }),
      { numRuns: 60 },
    ));
});
