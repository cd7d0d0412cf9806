import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { asFault, fault, type JsonObject } from '#libs/kernel';
import { directoryContract, type CompanyRights } from '#suites/directory';

import { BOT, openRestChat, type OpenRestChat } from './chat-by-rest.js';
import { samples } from './chat-on-mongodb.js';

const NOTHING = { rooms: [], groups: [], isStaff: false };

const fillWith = ({ fake, addBot }: OpenRestChat, people: CompanyRights): void => {
  const { state } = fake;
  state.users.clear();
  state.rooms.clear();
  state.subscriptions.length = 0;
  addBot('bot');
  const add = (room: JsonObject & { readonly _id: string }) => {
    if (!state.rooms.has(room._id)) state.join(BOT, room._id);
    state.rooms.set(room._id, room);
  };
  add({ _id: 'back-office', t: 'p', name: 'staff', topic: '#no-innkeeper' });
  [...people].forEach(([username, person], i) => {
    const { rooms, groups, isStaff, isMachine, isOutside } = person;
    const _id = `u${i}`;
    const type = isMachine === true ? 'bot' : 'user';
    state.users.set(_id, {
      ...{ _id, username, type, active: true, roles: groups },
      ...(isOutside === true && { federated: true }),
    });
    for (const room of rooms) {
      add({ _id: room, t: room.startsWith('direct') ? 'd' : 'p', name: `n-${room}` });
      state.join(_id, room);
    }
    if (isStaff) state.join(_id, 'back-office');
  });
};

directoryContract('the chat by its API', async (people) => {
  const chat = await openRestChat();
  fillWith(chat, people);
  return {
    directory: chat.directory({ staff: ['room:staff'] }),
    async change(changed) {
      fillWith(chat, changed);
      chat.fake.outage = undefined;
    },
    takeAway: async () => {
      chat.fake.outage = 502;
    },
    dispose: () => chat.close(),
    capabilities: {
      ...{ changes: true, goesAway: true, knowsStaff: true, knowsOthers: true },
      isOfOneMoment: { not: 'the API is asked many things one after the other' },
    },
  };
});

describe('the directory by the API of a chat', () => {
  let chat: OpenRestChat;
  const maya = samples('user').find(({ username }) => username === 'maya.keller') as JsonObject;
  const MAYA = maya['_id'] as string;

  beforeEach(async () => {
    chat = await openRestChat();
    const { state } = chat.fake;
    for (const user of samples('user'))
      if (user['_id'] !== BOT) state.users.set(user['_id'] as string, user);
    for (const room of samples('room')) {
      state.rooms.set(room['_id'] as string, room);
      state.join(BOT, room['_id'] as string);
    }
    for (const each of samples('subscription')) state.subscriptions.push(each);
  });

  afterEach(() => chat.close());

  const roomsOf = async (name: string, options = {}): Promise<readonly string[]> =>
    (await chat.directory(options).rightsOf(name)).rooms;

  it('gives the rooms that the bot and the person are both in, and discussions of these', async () => {
    const [ops, talk] = ['mznyEdxBicLJNyfdE', '62e2c3a4a4de865005ff42af'];
    expect(await roomsOf('maya.keller')).toEqual([talk, ops]);
    expect(await roomsOf(MAYA)).toEqual([talk, ops]);
    chat.fake.state.leave(BOT, ops);
    // Nobody sees any more what the channel says of its discussions.
    expect(await roomsOf('maya.keller')).toEqual([]);
  });

  it('never gives a room with attributes, an encrypted one, or one that is off', async () => {
    const { state } = chat.fake;
    for (const { _id } of samples('room')) state.join(MAYA, _id as string);
    const isOpenToMembers = ({ t, encrypted, abacAttributes }: JsonObject): boolean =>
      (t === 'c' || t === 'p') && encrypted !== true && abacAttributes === undefined;
    const expected = samples('room').filter(isOpenToMembers);
    expect(await roomsOf('maya.keller')).toEqual(expected.map(({ _id }) => _id).sort());
    expect(await roomsOf('maya.keller', { direct: true, livechat: true })).toHaveLength(
      expected.length + 4,
    );
  });

  it.each(['jonas.weber', 'askdesk.bot', 'rocket.cat', 'poll.app.bot', 'MAYA.KELLER', '\ud800'])(
    'gives %j nothing',
    async (name) => {
      for (const { _id } of samples('room'))
        chat.fake.state.join('vLb7cGtJeXnbN62r2', _id as string);
      expect(await chat.directory({ staff: ['user'] }).rightsOf(name)).toEqual(NOTHING);
    },
  );

  it('gives nothing where one account has the id of another for a user name', async () => {
    chat.fake.state.users.set('thief', { ...maya, _id: 'thief', username: MAYA });
    expect(await chat.directory().rightsOf(MAYA)).toEqual(NOTHING);
  });

  it('gives nothing of an account that the bot may not see in full', async () => {
    const { active: _active, type: _type, ...seen } = maya;
    chat.fake.state.users.set(MAYA, seen);
    expect(await chat.directory().rightsOf('maya.keller')).toEqual(NOTHING);
  });

  it('forgets at once who left a room', async () => {
    const directory = chat.directory({ staff: ['room:ops-cleaning'] });
    expect(await directory.rightsOf('maya.keller')).toMatchObject({ isStaff: true });
    chat.fake.state.subscriptions.splice(
      chat.fake.state.subscriptions.findIndex(
        ({ rid, u }) => rid === 'mznyEdxBicLJNyfdE' && (u as JsonObject)['_id'] === MAYA,
      ),
      1,
    );
    expect(await directory.rightsOf('maya.keller')).toMatchObject({ isStaff: false, rooms: [] });
  });

  it('denies a room that is not answered for in time, and gives the others', async () => {
    const ends: (() => void)[] = [];
    let asked = 0;
    chat.fake.delayOf = (call) =>
      call === 'rooms.isMember' && ++asked > 3
        ? new Promise((resolve) => ends.push(resolve))
        : Promise.resolve();
    for (const { _id } of samples('room')) chat.fake.state.join(MAYA, _id as string);
    const rooms = await roomsOf('maya.keller', { patienceMs: 3_000 });
    expect(rooms.length).toBeGreaterThan(0);
    expect(rooms.length).toBeLessThan(8);
    for (const end of ends) end();
  });

  it.each([
    ['says nothing', 'users.info'],
    ['does not say which rooms there are', 'rooms.get'],
  ])('denies everybody while the chat %s', async (_, silent) => {
    let end = (): void => undefined;
    const silence = new Promise<void>((resolve) => (end = resolve));
    chat.fake.delayOf = (call) => (call === silent ? silence : Promise.resolve());
    const refused = await chat
      .directory({ patienceMs: 500 })
      .rightsOf('maya.keller')
      .catch(asFault);
    expect(refused).toMatchObject({ code: 'DIRECTORY_UNAVAILABLE' });
    end();
  });

  it('denies everybody while the server is gone', async () => {
    const directory = chat.directory();
    await chat.fake.close();
    for (const name of ['maya.keller', 'nobody']) {
      const refused = await directory.rightsOf(name).catch(asFault);
      expect(refused).toMatchObject({ code: 'DIRECTORY_UNAVAILABLE' });
    }
    await chat.fake.open();
  });
});

describe('a room, by the API of a chat', () => {
  let chat: OpenRestChat;

  const add = (_id: string, roles: readonly string[], rooms: readonly string[]): void => {
    const user = { _id, username: _id, type: 'user', active: true, roles: [...roles] };
    chat.fake.state.users.set(_id, user);
    for (const room of rooms) chat.fake.state.join(_id, room);
  };

  beforeEach(async () => {
    chat = await openRestChat();
    const { state } = chat.fake;
    for (const [_id, t] of [
      ...[['lobby', 'c'] as const, ['hall', 'c'] as const, ['office', 'p'] as const],
      ...[['vault', 'p'] as const, ['to-us', 'd'] as const],
    ]) {
      state.rooms.set(_id, { _id, t, name: _id });
      state.join(BOT, _id);
    }
    add('maya', ['user', 'finance'], ['lobby', 'hall', 'office', 'vault', 'to-us']);
    add('jo', ['user', 'finance'], ['lobby', 'office', 'vault']);
  });

  afterEach(() => chat.close());

  const inRoom = (room: string, person = 'maya') =>
    chat.directory({ staff: ['room:vault'] }).rightsInRoom(room, person);
  const [nothing, all] = [{ groups: [], isStaff: false }, { groups: ['finance', 'user'] }];

  it('of somebody and our account is of that person alone', async () => {
    const rooms = ['hall', 'lobby', 'office', 'vault'];
    const alone = { id: 'maya', rooms, ...all, isStaff: true, isForOne: true };
    expect(await inRoom('to-us')).toEqual(alone);
    expect(await inRoom('to-us', 'jo')).toBeUndefined();
    // Whether our account has the role of a bot is no matter.
    chat.addBot('admin');
    expect(await inRoom('to-us')).toEqual(alone);
  });

  it('that is closed uses what its members share', async () => {
    const shared = { rooms: ['lobby', 'office', 'vault'], ...all, isStaff: true, isForOne: false };
    expect(await inRoom('office')).toEqual({ id: 'maya', ...shared });
    add('kit', ['user'], ['office', 'lobby']);
    expect(await inRoom('office')).toMatchObject({
      ...{ rooms: ['lobby', 'office'], groups: ['user'], isStaff: false },
    });
  });

  it('that is open uses other open channels, and no business', async () => {
    expect(await inRoom('lobby')).toMatchObject({ rooms: ['hall', 'lobby'], ...nothing });
  });

  it.each([
    ['a guest is in it', () => add('guest', ['guest'], ['lobby'])],
    ['somebody was shut out of the other', () => chat.fake.state.join('jo', 'hall', 'BANNED')],
    [
      'the other is of a team',
      () => chat.fake.state.rooms.set('hall', { _id: 'hall', t: 'c', teamId: 't' }),
    ],
    [
      'it is of a team itself',
      () => chat.fake.state.rooms.set('lobby', { _id: 'lobby', t: 'c', teamId: 't' }),
    ],
    [
      'the person reads by no role',
      () => chat.fake.state.permissions.set('view-c-room', { _id: 'view-c-room', roles: ['bot'] }),
    ],
  ])('that is open is used alone where %s', async (_, change) => {
    change();
    expect(await inRoom('lobby')).toMatchObject({ rooms: ['lobby'], ...nothing });
  });

  it('is used alone where more read it than can be told', async () => {
    for (let i = 0; i < 101; i++) add(`u${i}`, ['user', 'finance'], ['office', 'vault']);
    expect(await inRoom('office')).toMatchObject({ rooms: ['office'], ...nothing });
  });

  it.each([
    ['who is in it', 'rooms.membersOrderedByRole'],
    ['who its members are', 'users.info'],
  ])('gives nothing while the chat does not say %s', async (_, silent) => {
    const ends: (() => void)[] = [];
    let calls = 0;
    // Two of the calls say whom the name means.
    chat.fake.delayOf = (call) =>
      call === silent && (silent !== 'users.info' || ++calls > 2)
        ? new Promise((resolve) => ends.push(resolve))
        : Promise.resolve();
    const refused = await chat
      .directory({ staff: ['room:vault'], patienceInRoomMs: 1_000 })
      .rightsInRoom('office', 'maya')
      .catch(asFault);
    expect(refused).toMatchObject({ code: 'DIRECTORY_UNAVAILABLE' });
    for (const end of ends) end();
  });

  it('gives nothing while the chat fails to say who its members are', async () => {
    const directory = chat.directory({ staff: ['room:vault'] });
    chat.fake.delayOf = (call) => {
      if (call === 'rooms.membersOrderedByRole') chat.fake.outage = 502;
      return Promise.resolve();
    };
    const refused = await directory.rightsInRoom('office', 'maya').catch(asFault);
    expect(refused).toMatchObject({ code: 'DIRECTORY_UNAVAILABLE' });
  });
});

describe('the client of a chat’s API', () => {
  let chat: OpenRestChat;

  beforeEach(async () => {
    chat = await openRestChat();
    chat.fake.state.rooms.set('closed', { _id: 'closed', t: 'p' });
    chat.fake.state.write({ _id: 'secret', rid: 'closed', msg: 'x' }, 1);
  });

  afterEach(() => chat.close());

  it.each(['before 9', '9'] as const)(
    'tells what is forbidden from what is missing, %s',
    async (era) => {
      chat.fake.era = era;
      const client = chat.client();
      const ask = (call: string, parameters: Record<string, string>) =>
        client.ask(call, parameters);
      expect(await ask('chat.getMessage', { msgId: 'secret' })).toEqual({ refused: 'forbidden' });
      expect(await ask('rooms.info', { roomId: 'closed' })).toEqual({ refused: 'forbidden' });
      expect(await ask('chat.getMessage', { msgId: 'none' })).toEqual({ refused: 'missing' });
      expect(await ask('rooms.info', { roomId: 'none' })).toEqual({ refused: 'missing' });
    },
  );

  it.each([
    ['no credentials that hold', 'PROVIDER_API_CREDENTIALS_REFUSED', undefined],
    ['a server that fails', 'PROVIDER_API_FAILED', 503],
    ['a page of somebody between us', 'PROVIDER_API_ANSWER_UNREADABLE', 404],
    ['a page that says it is well', 'PROVIDER_API_ANSWER_UNREADABLE', 200],
  ])('takes %s for no answer', async (_, code, outage) => {
    chat.fake.outage = outage;
    const client = chat.client(outage === undefined ? 'another token' : undefined);
    const failed = await client.ask('users.info', { userId: BOT }).catch(asFault);
    expect(failed).toMatchObject({ code });
  });

  it('says how long a server asks to wait that counts its calls', async () => {
    chat.addBot('user');
    const client = chat.client();
    for (let call = 0; call < 10; call++) await client.ask('users.info', { userId: BOT });
    const failed = await client.ask('users.info', { userId: BOT }).catch(asFault);
    expect(failed).toMatchObject({ code: 'OUTBOUND_THROTTLED' });
    const { retryAfterMs = 0 } = failed as ReturnType<typeof fault>;
    expect(retryAfterMs).toBeGreaterThan(1_000);
    expect(retryAfterMs).toBeLessThanOrEqual(61_000);
  });
});
