import { describe, expect, it } from '@jest/globals';

import { orderOf, type Fact } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import { foldAll } from '../../test/folding.js';
import { goldenFacts } from '../../test/sample-facts.js';
import { recordReaders } from '../read-records/readers.js';
import { recordKinds, type KindName } from './index.js';

const ROOM = 'rocketchat.main.mznyEdxBicLJNyfdE';
const AT = Date.parse('2026-11-03T09:59:59.999Z');
const setting = { timeZone: 'Europe/Lisbon' };

let made = 0;
/** One state of one document, read at a second of the database and a place within it. */
const told = (
  kind: KindName,
  data: JsonObject,
  { t = 1_793_693_561, i = 1, personal }: { t?: number; i?: number; personal?: JsonObject } = {},
): Fact => ({
  id: `0019f000-0000-8000-8000-${String((made += 1)).padStart(12, '0')}`,
  type: `intake.${kind}.observed.v1`,
  stream: `${kind}/x`,
  version: 1,
  position: made,
  era: 1,
  occurredAt: orderOf({ t, i }).occurredAt,
  recordedAt: 0,
  source: 'rocketchat/main',
  correlationId: '',
  causationId: '',
  data: { event: 'feed', normaliser: 1, rank: orderOf({ t, i }).rank, ...data },
  ...(personal && { personal }),
});

const M = 'rocketchat.main.dpvgJibBLeMzEAEtR';
const said = { message: M, room: ROOM, at: AT, author: 'rocketchat.main.u1' };
const text = (words: string) => ({ personal: { text: words, authorName: 'Maya Keller' } });

const stateOf = (name: string, ...facts: readonly Fact[]): JsonObject => {
  const state = foldAll(facts).get(name);
  if (!state) throw new Error(`no ${name}`);
  return state;
};
const message = (...facts: readonly Fact[]): JsonObject => stateOf(`chat_message/${M}`, ...facts);
const { chat_message: messages, chat_room: rooms, notice: notices } = recordKinds;

describe('a message of the chat', () => {
  it('is what its database said last, whatever order the words come in', () => {
    const facts = [
      told(
        'chat_message',
        { ...said, pinned: true, reactions: [{ name: ':a:', count: 1 }] },
        text('one'),
      ),
      told('chat_message', { ...said, editedAt: AT + 5 }, { i: 999, ...text('two') }),
      told('chat_message', { ...said, editedAt: AT + 6 }, { i: 1000, ...text('three') }),
      told('chat_message', { ...said, editedAt: AT + 7 }, { i: 123_456, ...text('four') }),
    ];
    const state = message(...facts);
    expect(message(...facts.toReversed())).toEqual(state);
    expect(messages.view(state)).toMatchObject({ text: 'four' });
    expect(messages.view(state)).not.toHaveProperty('reactions');
    expect(messages.view(state)).not.toHaveProperty('pinned');
  });

  it('changed when it was written or edited, not when it was read', () => {
    const changed = (...facts: readonly Fact[]) => messages.fieldsOf(message(...facts)).updatedAt;
    expect(changed(told('chat_message', said))).toBe(AT);
    expect(changed(told('chat_message', { ...said, editedAt: AT + 5 }))).toBe(AT + 5);
    expect(changed(told('chat_message', { message: M, room: ROOM }))).toBe(1_793_693_561_000);
  });

  it('leaves no word of itself when it is gone, and is back when it is told again', () => {
    const gone = told('chat_message', { message: M, deleted: true, reason: 'removed' }, { i: 2 });
    const state = message(told('chat_message', said, text('one')), gone);
    expect(messages.isGone(state)).toBe(true);
    expect(JSON.stringify(state)).not.toMatch(/one|Maya/u);
    expect(messages.audienceOf(state)).toEqual([]);
    expect(messages.view(state)).toMatchObject({ deleted: true, reason: 'removed' });
    const back = message(gone, told('chat_message', said, { i: 3, ...text('again') }));
    expect([messages.isGone(back), messages.view(back).text]).toEqual([false, 'again']);
  });

  it('is part of its thread, or of the hour of its room', () => {
    const talk = (data: JsonObject) => messages.fieldsOf(message(told('chat_message', data))).talk;
    expect(talk(said)).toBe(`${ROOM}/2026-11-03T09`);
    expect(talk({ ...said, at: AT + 1 })).toBe(`${ROOM}/2026-11-03T10`);
    expect(talk({ ...said, thread: 'rocketchat.main.root' })).toBe('rocketchat.main.root');
    expect(talk({ message: M, room: ROOM })).toBeUndefined();
  });

  it('names its room, its author and its thread, and no talk', () => {
    const thread = 'rocketchat.main.root';
    expect(messages.namedIn(message(told('chat_message', { ...said, thread })))).toEqual([
      `chat_message/${thread}`,
      `chat_room/${ROOM}`,
      'chat_user/rocketchat.main.u1',
    ]);
  });

  it('is read with who wrote it and when, and with its files', () => {
    const of = (data: JsonObject, personal: JsonObject) =>
      messages.sectionsOf(message(told('chat_message', data, { personal })), setting);
    expect(of(said, { text: 'Yes', authorName: 'Maya', fileNames: ['a.pdf', 'b.pdf'] })).toEqual([
      {
        path: 'text',
        heading: expect.stringMatching(/^Maya, .*2026.*09:59/u),
        text: 'Yes\n\nAttached: a.pdf, b.pdf',
        from: AT,
        to: AT,
      },
    ]);
    const paid = of(
      { ...said, machine: 'integration' },
      { text: 'x', alias: 'PMS', authorName: 'Cat' },
    );
    expect(paid[0]?.heading).toMatch(/^PMS \(integration\), /u);
    expect(of({ ...said, encrypted: true }, { authorName: 'Maya' })).toEqual([]);
  });

  it.each(['__proto__', '<script>alert(1)</script>', '\u202egnp.exe', '@all', '"; DROP'])(
    'is shown under a hostile name as it is: %s',
    (name) => {
      const state = message(told('chat_message', said, { personal: { alias: name, text: name } }));
      expect(messages.view(state)).toMatchObject({
        author: { id: 'rocketchat.main.u1', name },
        text: name,
        displayName: name,
      });
      expect(messages.audienceOf(state)).toEqual(['room:mznyEdxBicLJNyfdE']);
    },
  );
});

describe('who may read what of the chat', () => {
  const records = [...foldAll(goldenFacts)].map(([name, state]) => ({
    kind: name.slice(0, name.indexOf('/')) as KindName,
    state: state,
  }));
  const ofChat = records.filter(({ kind }) => kind.startsWith('chat_'));
  const { readableBy, isForAllStaff, audienceOf } = recordReaders();

  it('is never the staff as such', () => {
    expect(ofChat.length).toBeGreaterThan(40);
    for (const { kind, state } of ofChat) {
      expect([kind, isForAllStaff(kind)]).toEqual([kind, false]);
      expect([kind, readableBy(['staff', 'user:1', 'room:other'])(kind, state)]).toEqual([
        kind,
        false,
      ]);
      expect(audienceOf(kind, state)).not.toContain('staff');
    }
  });

  it('is the people of its room, by the room’s own id', () => {
    for (const { kind, state } of ofChat) {
      const { room, id } = recordKinds[kind].view(state) as { room?: string; id: string };
      const of = kind === 'chat_room' ? id : room;
      const isNobodys = kind === 'chat_user' || recordKinds[kind].isGone(state);
      expect(recordKinds[kind].audienceOf(state)).toEqual(
        isNobodys ? [] : [`room:${of?.slice('rocketchat.main.'.length)}`],
      );
    }
  });

  it('is a room of which the id has dots, whole', () => {
    const id = 'rocketchat.main.YRM2WXjcCB4ybzSikrocket.cat';
    const room = stateOf(`chat_room/${id}`, told('chat_room', { room: id, form: 'direct' }));
    expect(rooms.audienceOf(room)).toEqual(['room:YRM2WXjcCB4ybzSikrocket.cat']);
  });
});

describe('a room of the chat', () => {
  const room = (data: JsonObject, personal: JsonObject) =>
    stateOf(`chat_room/${ROOM}`, told('chat_room', { room: ROOM, ...data }, { personal }));

  it('is called what people read', () => {
    expect(rooms.nameOf(room({}, { name: 'x7', title: 'Water damage' }))).toBe('Water damage');
    expect(rooms.nameOf(room({}, { people: ['maya', 'tomas'] }))).toBe('maya, tomas');
    expect(rooms.nameOf(room({}, {}))).toBe(ROOM);
  });

  it('is found by its name, topic, announcement and description', () => {
    const state = room(
      { form: 'channel' },
      { name: 'ops', topic: 'Linen', announcement: 'Friday off', description: 'All houses' },
    );
    expect(rooms.sectionsOf(state, setting).map(({ path, text: words }) => [path, words])).toEqual([
      ['room', 'Room ops. Form: channel. Topic: Linen.'],
      ['announcement', 'Friday off'],
      ['description', 'All houses'],
    ]);
  });
});

describe('a notice from a followed collection', () => {
  const N = 'crm.main.7';
  const body = '{"name":"Zofia"}';

  it('is gone with its body when its document is, and back when that is', () => {
    const there = told(
      'notice',
      { notice: N, whole: true },
      { personal: { body, subject: 'Zofia' } },
    );
    const gone = told(
      'notice',
      { notice: N, deleted: true, whole: true, reason: 'missing' },
      { i: 2 },
    );
    const state = stateOf(`notice/${N}`, there, gone);
    expect(notices.isGone(state)).toBe(true);
    expect(JSON.stringify(state)).not.toContain('Zofia');
    const again = told('notice', { notice: N, whole: true }, { i: 3, personal: { body } });
    const back = stateOf(`notice/${N}`, again, there, gone);
    expect(notices.view(back)).toMatchObject({ deleted: false, body: { name: 'Zofia' } });
    expect(notices.view(back)).not.toHaveProperty('subject');
  });
});
