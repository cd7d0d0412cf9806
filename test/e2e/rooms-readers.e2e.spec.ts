import { MongoClient } from 'mongodb';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { databaseName, describePeer, type ChatDocuments } from '#libs/testing';

import { BOT, OPEN_ROOM, staffMember } from '../rooms/staff-chat.js';
import { AnsweringRooms, type PersonOfChat } from './harness/answering-rooms.js';

const KEY = 'Where does the silver key hang?';
const NOTED = 'zephyrquill';
const [NINA, IVO, VERA] = [staffMember(0), staffMember(1), staffMember(2)];

/** The chat's own database, as its servers keep it. */
const documentsIn = (client: MongoClient, name: string): ChatDocuments => {
  const collection = (of: string) => client.db(name).collection<{ _id: string }>(of);
  return {
    async put(of, document) {
      const { _id, ...rest } = document as { _id: string };
      await collection(of).replaceOne({ _id }, rest, { upsert: true });
    },
    async remove(of, _id) {
      await collection(of).deleteOne({ _id });
    },
  };
};

describePeer('mongodb', 'answers by who reads a room, by the database of the chat', (mongodb) => {
  let rooms: AnsweringRooms;
  let client: MongoClient;
  let guest: PersonOfChat;
  const name = databaseName();

  beforeAll(async () => {
    const { url } = await mongodb.shared();
    client = await MongoClient.connect(url);
    rooms = await AnsweringRooms.open({
      documents: documentsIn(client, name),
      settings: {
        INNKEEPER_ROCKETCHAT_MONGODB_URL: url,
        INNKEEPER_ROCKETCHAT_MONGODB_DATABASE: name,
      },
      before: (world) => {
        guest = world.hire('mara.lund', ['guest']);
        world.openRoom({ _id: 'gclosed' }, NINA, IVO);
        world.openRoom({ _id: 'gparent' }, NINA, IVO);
        world.openRoom({ _id: 'gtalk', prid: 'gparent' }, NINA);
        world.fake.state.teams.set('tback', { _id: 'tback', name: 'back-office', type: 1 });
        for (const userId of [NINA, IVO, BOT.id]) joinTeam(world, userId);
        world.openRoom({ _id: 'cteam', t: 'c', teamId: 'tback' }, NINA, IVO);
      },
    });
    await rooms.tell('keys', `# Keys\n\nThe silver key hangs behind the ${NOTED} curtain.\n`);
  }, 120_000);

  afterAll(async () => {
    await rooms.dispose();
    await client.db(name).dropDatabase();
    await client.close();
  });

  /** Whether it is answered from a record of the business. */
  const usesBusiness = async (room: string, person = 0): Promise<boolean> => {
    const { id } = rooms.chat.ask(person, KEY, room);
    await rooms.fake.written();
    const text = await rooms.answered(id);
    await rooms.fake.written();
    return text.includes(NOTED);
  };

  /** The chat as its database has it. */
  const change = async (what: () => void): Promise<void> => {
    what();
    await rooms.fake.written();
  };

  it('uses the business in an open channel that only staff can read, and none once a guest is in it', async () => {
    expect(await usesBusiness(OPEN_ROOM)).toBe(true);
    await change(() => rooms.fake.state.join(guest.id, OPEN_ROOM));
    expect(await usesBusiness(OPEN_ROOM)).toBe(false);
    await change(() => rooms.fake.state.leave(guest.id, OPEN_ROOM));
    expect(await usesBusiness(OPEN_ROOM)).toBe(true);
  });

  it('counts who reads a discussion by the room that it belongs to', async () => {
    expect(await usesBusiness('gtalk')).toBe(true);
    await change(() => rooms.fake.state.join(guest.id, 'gparent'));
    expect(await usesBusiness('gtalk')).toBe(false);
    expect(await usesBusiness('gparent')).toBe(false);
    await change(() => rooms.fake.state.leave(guest.id, 'gparent'));
    expect(await usesBusiness('gtalk')).toBe(true);
  });

  it('counts who reads the channel of a private team by the team', async () => {
    expect(await usesBusiness('cteam')).toBe(true);
    await change(() => joinTeam(rooms, guest.id));
    expect(await usesBusiness('cteam')).toBe(false);
  });

  it('counts who could open a channel without ever having been there', async () => {
    const clerk = rooms.hire('tess.arden');
    await rooms.fake.written();
    expect(await usesBusiness(OPEN_ROOM)).toBe(false);
    expect(await usesBusiness('gclosed')).toBe(true);
    await change(() => void rooms.fake.state.users.change(clerk.id, { active: false }));
    expect(await usesBusiness(OPEN_ROOM)).toBe(true);
  });

  it('answers who was removed from a room by direct message only what is theirs', async () => {
    const room = rooms.openRoom({ _id: 'gremoved' }, NINA, VERA);
    const said = rooms.write(NINA, room, 'The brass bell hangs at the tamarindquill gate.');
    await rooms.isRecord(`chat_message/rocketchat.main.${said}`);
    const direct = rooms.directRoom(VERA);
    const askDirectly = async (): Promise<string> =>
      rooms.answered(rooms.write(VERA, direct, 'Where does the brass bell hang?'));
    expect(await askDirectly()).toContain('tamarindquill');
    await change(() => rooms.fake.state.leave(VERA, room));
    expect(await askDirectly()).not.toContain('tamarindquill');
  });
});

const joinTeam = ({ fake }: AnsweringRooms, userId: string): void => {
  const _id = `tback-${userId}`;
  fake.state.teamMembers.set(_id, { _id, teamId: 'tback', userId });
};
