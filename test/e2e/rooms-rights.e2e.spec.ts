import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { readingScript } from '#libs/testing';

import { OPEN_ROOM, STAFF_ROOM, staffMember } from '../rooms/staff-chat.js';
import { AnsweringRooms, type PersonOfChat } from './harness/answering-rooms.js';
import { until } from './harness/outside.js';

const KEY = 'Where does the silver key hang?';
const NOTED = 'zephyrquill';
const LAMP = 'Where does the copper lamp stand?';
const SAID_AMONG_STAFF = 'fennelquill';
const [NINA, IVO, VERA] = [staffMember(0), staffMember(1), staffMember(2)];
/** Calls by which it is looked up who reads a room. */
const LOOKING_UP = /members|users\.info|permissions\.listAll|roles\.list/u;

describe('the same question in rooms with other readers', () => {
  let rooms: AnsweringRooms;
  let cleaner: PersonOfChat;
  /** All are staff. */
  let closed: string;
  let mixed: string;

  beforeAll(async () => {
    rooms = await AnsweringRooms.open({
      before: (world) => {
        cleaner = world.hire('ola.brandt');
        closed = world.openRoom({ _id: 'gclosed' }, NINA, IVO);
        mixed = world.openRoom({ _id: 'gmixed' }, NINA, IVO, cleaner.id);
        world.fake.state.join(cleaner.id, OPEN_ROOM);
      },
    });
    await rooms.tell('keys', `# Keys\n\nThe silver key hangs behind the ${NOTED} curtain.\n`);
    const said = rooms.write(
      IVO,
      STAFF_ROOM,
      `The copper lamp stands in the ${SAID_AMONG_STAFF} shed.`,
    );
    await rooms.isRecord(`chat_message/rocketchat.main.${said}`);
  }, 120_000);
  afterAll(() => rooms.dispose());

  /** The model waits before its first word until it is let go. */
  const holdModel = () => {
    const { promise, resolve: letGo } = Promise.withResolvers<void>();
    const before = rooms.model.arrived.length;
    rooms.model.script = async (request) => {
      await promise;
      return readingScript()(request);
    };
    const isAsked = () =>
      until('the model is asked', async () => rooms.model.arrived.length > before);
    return { isAsked, letGo };
  };

  /** Everything that our account ever wrote below this message. */
  const everShown = (message: string): string => {
    const ids = rooms.answersTo(message).map(({ _id }) => _id);
    return rooms.fake.sent
      .filter(({ id }) => ids.includes(id))
      .map(({ text }) => text)
      .join('\n');
  };

  it('uses records of the business where all are staff', async () => {
    expect(await rooms.ask(0, KEY, closed)).toContain(NOTED);
    expect(await rooms.ask(1, KEY, STAFF_ROOM)).toContain(NOTED);
    expect(await rooms.ask(0, LAMP, STAFF_ROOM)).toContain(SAID_AMONG_STAFF);
  });

  it.each([
    ['a group with somebody who is no staff', () => mixed],
    ['an open channel', () => OPEN_ROOM],
  ])('uses neither those nor other groups in %s', async (_, roomOf) => {
    for (const question of [KEY, LAMP]) {
      const { id } = rooms.chat.ask(0, question, roomOf());
      await rooms.answered(id);
      expect(everShown(id)).not.toMatch(/zephyrquill|fennelquill/u);
    }
  });

  it('answers in a direct message what that person may read', async () => {
    const askDirectly = (person: string, question: string) =>
      rooms.answered(rooms.write(person, rooms.directRoom(person), question));
    expect(await askDirectly(NINA, KEY)).toContain(NOTED);
    expect(await askDirectly(VERA, LAMP)).toContain(SAID_AMONG_STAFF);
    const told = [await askDirectly(cleaner.id, KEY), await askDirectly(cleaner.id, LAMP)];
    expect(told.join('\n')).not.toMatch(/zephyrquill|fennelquill/u);
  });

  it('uses nothing that somebody may not read who joins while it is made', async () => {
    const room = rooms.openRoom({ _id: 'gjoined' }, NINA, IVO);
    const held = holdModel();
    const { id } = rooms.chat.ask(0, KEY, room);
    await held.isAsked();
    rooms.fake.state.join(cleaner.id, room);
    held.letGo();
    const text = await rooms.answered(id);
    expect(text).not.toContain(NOTED);
    expect(everShown(id)).not.toContain(NOTED);
    rooms.fake.state.leave(cleaner.id, room);
    expect(await rooms.ask(0, KEY, room)).toContain(NOTED);
  });

  it('says nothing to somebody who left while it was made', async () => {
    const room = rooms.openRoom({ _id: 'gleft' }, NINA, IVO, VERA);
    const held = holdModel();
    const { id } = rooms.chat.ask(2, KEY, room);
    await held.isAsked();
    rooms.fake.state.leave(VERA, room);
    held.letGo();
    expect(await rooms.answered(id)).toContain('does not read this room');
    expect(rooms.answersTo(id).map(({ msg }) => msg)).not.toContain(NOTED);
  });

  it('tells who was removed from a room nothing of it, also not directly', async () => {
    const room = rooms.openRoom({ _id: 'gremoved' }, NINA, VERA);
    const said = rooms.write(NINA, room, 'The brass bell hangs at the tamarindquill gate.');
    await rooms.isRecord(`chat_message/rocketchat.main.${said}`);
    const question = 'Where does the brass bell hang?';
    expect(await rooms.ask(2, question, room)).toContain('tamarindquill');
    rooms.fake.state.leave(VERA, room);
    const direct = rooms.directRoom(VERA);
    const again = await rooms.answered(rooms.write(VERA, direct, question));
    expect(again).not.toContain('tamarindquill');
    const { text } = await rooms.as('viewer', 'person.2').get('/api/dialogues');
    expect(text).not.toContain('tamarindquill');
  });

  it('shows lists in direct messages only', async () => {
    for (const words of ['list', 'search mine silver']) {
      const before = new Set(rooms.ours().map(({ _id }) => _id));
      const { id } = rooms.chat.ask(0, words, closed);
      const list = await until(`${words} is answered`, async () =>
        rooms.ours().find(({ _id }) => !before.has(_id)),
      );
      expect(list).toMatchObject({ rid: rooms.directRoom(NINA) });
      expect(list['msg']).toMatch(/silver key/u);
      expect(rooms.answersTo(id)).toEqual([]);
    }
  });

  it('shows nothing while nobody can say who reads the room, apologises, and answers the next question', async () => {
    const { promise: back, resolve: comeBack } = Promise.withResolvers<void>();
    const { id } = rooms.chat.ask(0, KEY, closed);
    rooms.fake.delayOf = (call) => (LOOKING_UP.test(call) ? back : Promise.resolve());
    await rooms.shows(id, /cannot be looked up who reads this room/u);
    expect(everShown(id)).not.toContain(NOTED);
    rooms.fake.delayOf = () => Promise.resolve();
    comeBack();
    expect(await rooms.ask(0, KEY, closed)).toContain(NOTED);
  });
});
