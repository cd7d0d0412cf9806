import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { MongoDatabase, mongodbSnapshotReader } from '#libs/adapters/mongodb';
import { mongodbRocketchatDirectory } from '#libs/adapters/rocketchat';
import { asFault, type JsonObject } from '#libs/kernel';
import { databaseName, describePeers, type Toxiproxy, type ToxicProxy } from '#libs/testing';
import { directoryContract, type CompanyRights } from '#suites/directory';

import {
  defaultPermissions,
  openChat,
  sampleChat,
  type ChatDocuments,
  type OpenChat,
} from './chat-on-mongodb.js';

/**
 * A company as a chat would hold it. A room is a channel of a private team of its own: only there a person without any
 * role reads. Somebody of another server has joined it from there. Who is staff is a member of a room that nobody may
 * read.
 */
const chatOf = (people: CompanyRights): ChatDocuments => {
  const everybody = [...people].map(([username, rights], i) => ({
    ...rights,
    username,
    id: `u${i}`,
  }));
  const all = [...new Set(everybody.flatMap((person) => person.rooms))];
  const isDirect = (room: string): boolean => room.startsWith('direct');
  const rooms = all.filter((room) => !isDirect(room));
  const joined = (rid: string, id: string): JsonObject => ({
    ...{ _id: `${rid}-${id}`, rid, u: { _id: id } },
  });
  const roles = [...new Set(everybody.flatMap(({ groups }) => groups))];
  return {
    users: everybody.map(({ id, username, groups, isOutside, isMachine }) => ({
      ...{ _id: id, username, active: true, roles: groups },
      type: isMachine === true ? 'bot' : 'user',
      ...(isOutside === true && { federated: true }),
    })),
    rocketchat_room: [
      ...rooms.map((id) => ({ _id: id, t: 'c', name: `n-${id}`, teamId: id })),
      ...all.filter(isDirect).map((id) => ({ _id: id, t: 'd' })),
      { _id: 'back-office', t: 'p', name: 'staff' },
    ],
    rocketchat_subscription: everybody.flatMap(({ id, isStaff, isOutside, rooms: own }) => [
      ...(isStaff ? [joined('back-office', id)] : []),
      ...own.filter((room) => isOutside ?? isDirect(room)).map((room) => joined(room, id)),
    ]),
    rocketchat_permissions: [
      ...defaultPermissions().filter(({ _id }) => _id !== 'view-d-room'),
      { _id: 'view-d-room', roles },
    ],
    rocketchat_roles: [],
    rocketchat_team: rooms.map((id) => ({ _id: id, type: 1 })),
    rocketchat_team_member: everybody.flatMap(({ id, rooms: own }) =>
      own.map((team) => ({ _id: `${id}-${team}`, teamId: team, userId: id })),
    ),
  };
};

const NOTHING = { rooms: [], groups: [], isStaff: false };

describePeers(['mongodb', 'toxiproxy'], 'the directory on the chat’s database', (mongodb, toxi) => {
  let url: string;
  let toxiproxy: Toxiproxy;
  let proxy: ToxicProxy;

  beforeAll(async () => {
    const set = await mongodb.shared();
    url = set.url;
    toxiproxy = await toxi.start();
    proxy = await toxiproxy.proxyTo(await set.primaryPort());
  });

  afterAll(() => toxiproxy.stop());

  /** A way to the database that a test can cut. */
  const throughProxy = (name: string, patienceMs: number) => {
    const reader = new MongoDatabase({
      url: `mongodb://${proxy.host}/?directConnection=true`,
      ...{ name, timeoutMs: 1_000 },
    });
    const database = mongodbSnapshotReader({
      ...{ database: reader, unavailable: 'DIRECTORY_UNAVAILABLE' },
    });
    const directory = mongodbRocketchatDirectory({
      ...{ database, staff: ['room:staff'], direct: false, livechat: false, patienceMs },
    });
    return { reader, directory };
  };

  directoryContract('the chat on MongoDB', async (people) => {
    const name = databaseName();
    const chat = await openChat(url, name);
    const { reader, directory } = throughProxy(name, 10_000);
    await chat.fill(chatOf(people));
    return {
      directory,
      async change(changed) {
        await chat.fillAtOnce(chatOf(changed));
        await proxy.mend();
      },
      takeAway: () => proxy.cut(),
      async dispose() {
        await proxy.mend();
        await Promise.all([reader.close(), chat.close()]);
      },
      capabilities: {
        ...{ changes: true, goesAway: true, knowsStaff: true },
        ...{ knowsOthers: true, isOfOneMoment: true },
      },
    };
  });

  describe('a database that is there and does not answer', () => {
    it('denies within the patience of a question, and answers when it speaks again', async () => {
      const name = databaseName();
      const chat = await openChat(url, name);
      await chat.fill(sampleChat());
      const patienceMs = 2_000;
      const { reader, directory } = throughProxy(name, patienceMs);
      const before = await directory.rightsOf('maya.keller');
      expect(before.rooms).not.toEqual([]);
      const attributes = { timeout: 0 };
      const toxic = await proxy.add({ type: 'timeout', stream: 'downstream', attributes });
      const started = performance.now();
      const refused = await directory.rightsOf('maya.keller').catch(asFault);
      expect(refused).toMatchObject({ code: 'DIRECTORY_UNAVAILABLE' });
      // Far less than the driver would wait by itself, and far more than the patience: a busy machine fails nothing.
      expect(performance.now() - started).toBeLessThan(patienceMs * 5);
      await proxy.remove(toxic);
      await proxy.cut();
      await proxy.mend();
      expect(await directory.rightsOf('maya.keller')).toEqual(before);
      await Promise.all([reader.close(), chat.close()]);
    });

    it('is taken for away when it is no chat at all', async () => {
      const { reader, directory } = throughProxy(databaseName(), 10_000);
      const answer = await directory.reach().catch(asFault);
      expect(answer).toMatchObject({ code: 'DIRECTORY_UNAVAILABLE' });
      expect(await directory.rightsOf('maya.keller')).toEqual(NOTHING);
      await reader.close();
    });
  });

  describe('people of the chat', () => {
    let chat: OpenChat;
    const maya = sampleChat().users[0] as JsonObject;
    const as = (change: JsonObject): JsonObject => ({ ...maya, ...change });

    beforeAll(async () => {
      chat = await openChat(url, databaseName());
      await chat.fill(sampleChat());
    });

    afterAll(() => chat.close());

    const roomsOf = async (name: string): Promise<number> =>
      (await chat.directory().rightsOf(name)).rooms.length;

    it('have lost everything at the next question once they left', async () => {
      const directory = chat.directory({ staff: ['user'] });
      const before = await directory.rightsOf('maya.keller');
      expect(before).toMatchObject({ isStaff: true, groups: ['livechat-agent', 'user'] });
      const leaving: readonly JsonObject[] = [
        { active: false, inactiveReason: 'deactivated' },
        { active: false, inactiveReason: 'pending_approval' },
        { active: null },
        { type: 'app' },
        { federated: true },
        { roles: ['user', 'bot'] },
      ];
      for (const gone of leaving) {
        await chat.put('users', as(gone));
        expect(await directory.rightsOf('maya.keller')).toEqual(NOTHING);
        await chat.put('users', maya);
        expect(await directory.rightsOf('maya.keller')).toEqual(before);
      }
      await chat.remove('users', maya['_id'] as string);
      expect(await directory.rightsOf('maya.keller')).toEqual(NOTHING);
      await chat.put('users', maya);
    });

    it('are not known by an address that they have not proved', async () => {
      const address = 'maya.keller@harborstays.example';
      expect(await roomsOf(address)).toBeGreaterThan(0);
      await chat.put('users', as({ emails: [{ address, verified: false }] }));
      expect(await roomsOf(address)).toBe(0);
      // Both halves are true of some address, and of none together.
      const two = [
        { address, verified: false },
        { address: 'other@hotel.example', verified: true },
      ];
      await chat.put('users', as({ emails: two }));
      expect(await roomsOf(address)).toBe(0);
      await chat.put('users', maya);
    });

    it.each([
      ['the address of another', 'maya.keller@harborstays.example'],
      ['the id of another', 'dXTXykkhp6cLxjnXK'],
    ])('get nothing, neither of them, when one takes %s for a user name', async (_, name) => {
      await chat.put('users', as({ _id: 'thief', username: name, emails: [] }));
      expect(await roomsOf(name)).toBe(0);
      await chat.put('users', as({ _id: 'thief', username: name, emails: [], active: false }));
      expect(await roomsOf(name)).toBe(0);
      await chat.remove('users', 'thief');
      expect(await roomsOf(name)).toBeGreaterThan(0);
    });

    it.each([
      ...['{"$ne":null}', '$where', '.*', 'maya.keller\u0000', 'MAYA.KELLER', 'maya%2Ekeller'],
      ...[
        '../users',
        '\ud800',
        '\u202emaya.keller',
        'maya.keller ',
        '$gt',
        'null',
        '[object Object]',
      ],
    ])('are no others: %j is nobody', async (name) => {
      expect(await chat.directory().rightsOf(name)).toEqual(NOTHING);
    });

    it('are the same under another name, and another is not they under theirs', async () => {
      const id = maya['_id'] as string;
      expect(await chat.directory().rightsOf('maya.keller')).toMatchObject({ id });
      await chat.put('users', as({ username: 'maya.k' }));
      await chat.put('users', as({ _id: 'other', username: 'maya.keller', emails: [] }));
      expect(await chat.directory().rightsOf('maya.k')).toMatchObject({ id });
      expect(await chat.directory().rightsOf('maya.keller')).toMatchObject({ id: 'other' });
      await chat.remove('users', 'other');
      await chat.put('users', maya);
    });

    it('are alone with our account, with any roles of it', async () => {
      const joined = (who: string): JsonObject => ({
        ...{ _id: `alone-${who}`, rid: 'alone', u: { _id: who } },
      });
      const id = maya['_id'] as string;
      await chat.put('users', as({ _id: 'us', username: 'us', emails: [] }));
      await chat.put('rocketchat_room', { _id: 'alone', t: 'd', uids: ['us', id] });
      for (const who of ['us', id]) await chat.put('rocketchat_subscription', joined(who));
      const inRoom = (botUserId?: string) =>
        chat
          .directory(botUserId === undefined ? {} : { botUserId })
          .rightsInRoom('alone', 'maya.keller');
      expect(await inRoom('us')).toMatchObject({ id, isForOne: true });
      expect(await inRoom()).toMatchObject({ id, isForOne: false });
      await chat.remove('users', 'us');
    });

    it('may be called anything', async () => {
      for (const username of [
        '{"$ne":null}',
        '$where',
        '__proto__',
        'staff',
        'room:finance',
        '\ufffd',
      ]) {
        await chat.put('users', as({ _id: 'odd', username, emails: [] }));
        expect(await roomsOf(username)).toBeGreaterThan(0);
      }
      // Half a character is not what MongoDB would make of it.
      expect(await roomsOf('\ud800')).toBe(0);
      await chat.remove('users', 'odd');
    });
  });

  describe('rooms of the chat', () => {
    let chat: OpenChat;
    const open = { _id: 'lobby', t: 'c', name: 'lobby' };
    const talk = { _id: 'talk', t: 'c', name: 'x', prid: 'lobby' };

    beforeAll(async () => {
      chat = await openChat(url, databaseName());
      await chat.fill({ ...sampleChat(), rocketchat_room: [open, talk] });
    });

    afterAll(() => chat.close());

    const rooms = async (): Promise<readonly string[]> =>
      (await chat.directory().rightsOf('maya.keller')).rooms;

    it.each(['topic', 'announcement', 'description'])(
      'opt out by a word in the %s, their discussions with them',
      async (field) => {
        expect(await rooms()).toEqual(['lobby', 'talk']);
        await chat.put('rocketchat_room', { ...open, [field]: 'Talk freely. #NO-innkeeper!' });
        expect(await rooms()).toEqual([]);
        await chat.put('rocketchat_room', { ...open, [field]: 'innkeeper, no' });
        expect(await rooms()).toEqual(['lobby', 'talk']);
        await chat.put('rocketchat_room', { ...talk, [field]: '#no-innkeeper' });
        expect(await rooms()).toEqual(['lobby']);
        await chat.put('rocketchat_room', talk);
        await chat.put('rocketchat_room', open);
      },
    );

    it.each([
      ['a type nobody knows', { t: 'z' }],
      ['no type', { t: null }],
      ['a type that is no text', { t: { $eq: 'c' } }],
      ['an unreadable parent', { prid: ['lobby'] }],
      ['a parent that is the room itself', { t: 'p', prid: 'odd' }],
      ['an unreadable team', { teamId: 7 }],
      ['a team that is gone', { teamId: 'gone' }],
      ['attributes nobody can read', { abacAttributes: 'department' }],
      ['half an attribute', { abacAttributes: [{ key: 'department', values: [] }] }],
      ['encryption of another form', { encrypted: 'yes' }],
    ])('with %s are read by nobody', async (_, change) => {
      await chat.put('rocketchat_room', { _id: 'odd', t: 'c', name: 'odd', ...change });
      expect(await rooms()).toEqual(['lobby', 'talk']);
      await chat.remove('rocketchat_room', 'odd');
    });

    it('have names and texts that mean nothing to a query', async () => {
      const name = '{"$where":"1"} $ne __proto__ \u0000 </script>';
      await chat.put('rocketchat_room', { _id: '$odd.id', t: 'c', name, topic: name, prid: null });
      expect(await rooms()).toEqual(['$odd.id', 'lobby', 'talk']);
      expect(
        (await chat.directory({ staff: [`room:${name}`] }).rightsOf('maya.keller')).isStaff,
      ).toBe(false);
      await chat.remove('rocketchat_room', '$odd.id');
    });

    it('of direct talk hide what was discussed out of it, until direct talk is on', async () => {
      const direct = { _id: 'both', t: 'd', uids: ['a', 'b'] };
      const apart = { _id: 'apart', t: 'p', name: 'y', prid: 'both' };
      const member = { _id: 's1', rid: 'apart', u: { _id: 'dXTXykkhp6cLxjnXK' } };
      await chat.put('rocketchat_room', direct);
      await chat.put('rocketchat_room', apart);
      await chat.put('rocketchat_subscription', member);
      expect(await rooms()).toEqual(['lobby', 'talk']);
      const on = await chat.directory({ direct: true }).rightsOf('maya.keller');
      expect(on.rooms).toEqual(['apart', 'lobby', 'talk']);
    });
  });
});
