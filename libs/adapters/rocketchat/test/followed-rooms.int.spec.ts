import { afterAll, beforeAll, expect, it } from '@jest/globals';

import {
  followedRooms,
  roomsInDatabase,
  type FollowedRoomsOptions,
} from '#libs/adapters/rocketchat';
import type { JsonObject } from '#libs/kernel';
import { databaseName, describePeer } from '#libs/testing';
import { manualClock } from '#suites/documents';

import { openChat, sampleChat, type OpenChat } from './chat-on-mongodb.js';

const BOT = 'AwZyTLwwGJm2QkbdE';
const OPS = 'mznyEdxBicLJNyfdE';
const FINANCE = 'Mbq5nDQEoq3NRYmk3';
const DIRECT = ['YRM2WXjcCB4ybzSikdXTXykkhp6cLxjnXK', 'f497363865c62a27f406be1f'];
const LIVECHAT = ['Jwpk8Y4M3xgaa6EbT', 'AaD58syHXLW2TrCbY'];
const ENCRYPTED = '35e90c6ac4dbe1c8117716c6';
const OPS_TALK = '62e2c3a4a4de865005ff42af';
const FINANCE_TALK = '1cd21a2da16cd48ecf559c39';

describePeer('mongodb', 'the rooms that are followed', (peer) => {
  let chat: OpenChat;
  const clock = manualClock();
  const rooms = sampleChat().rocketchat_room;
  const idOf = ({ _id }: JsonObject): string => _id as string;
  const channels = rooms
    .filter(({ t }) => t === 'c' || t === 'p')
    .map(idOf)
    .filter((id) => id !== ENCRYPTED);

  beforeAll(async () => {
    const { url } = await peer.shared();
    chat = await openChat(url, databaseName());
    await chat.fill(sampleChat());
    await chat.put('rocketchat_subscription', { _id: 'b1', rid: OPS, u: { _id: BOT } });
    await chat.put('rocketchat_subscription', {
      ...{ _id: 'b2', rid: FINANCE, u: { _id: BOT }, status: 'INVITED' },
    });
  });

  afterAll(() => chat.close());

  const following = (options: Partial<FollowedRoomsOptions> = {}) =>
    followedRooms(roomsInDatabase(chat.database, 60_000), {
      ...{ rooms: [], direct: false, livechat: false, clock, ...options },
    });

  const followed = async (options: Partial<FollowedRoomsOptions> = {}): Promise<string[]> => {
    const rule = await following(options).current();
    return rooms.map(idOf).filter((id) => rule.follows(id));
  };

  it('are all channels and groups where no account is named', async () => {
    expect(await followed()).toEqual(channels);
    expect((await following().current()).follows('of no document')).toBe(false);
  });

  it('are those that our account has joined, with their discussions', async () => {
    expect(await followed({ botUserId: BOT })).toEqual([OPS, OPS_TALK]);
  });

  it('are those of a list, by name or id, in place of those', async () => {
    const all = { botUserId: BOT, rooms: ['finance', 'GENERAL', 'nowhere'] };
    expect(await followed(all)).toEqual(['GENERAL', FINANCE, FINANCE_TALK]);
  });

  it('are direct ones and talks with visitors only where a setting says so', async () => {
    expect(await followed({ botUserId: BOT, direct: true })).toEqual([OPS, ...DIRECT, OPS_TALK]);
    expect(await followed({ botUserId: BOT, livechat: true })).toEqual([
      OPS,
      OPS_TALK,
      ...LIVECHAT,
    ]);
  });

  it('are direct ones with our account, whether direct messages are on or not', async () => {
    const ours: readonly JsonObject[] = [
      { _id: 'to-us', t: 'd', uids: [BOT, 'u1'] },
      { _id: 'asked', t: 'd', uids: [] },
      { _id: 'apart', t: 'p', name: 'apart', prid: 'to-us' },
      { _id: 'others', t: 'd', uids: ['u1', 'u2'] },
      { _id: 'their-talk', t: 'p', name: 'their-talk', prid: 'others' },
      { _id: 'locked', t: 'd', uids: [BOT, 'u1'], encrypted: true },
      { _id: 'silent', t: 'd', uids: [BOT, 'u1'], topic: '#no-innkeeper' },
    ];
    for (const room of ours) await chat.put('rocketchat_room', room);
    await chat.put('rocketchat_subscription', { _id: 'b3', rid: 'asked', u: { _id: BOT } });
    const ids = async (options: Partial<FollowedRoomsOptions>): Promise<string[]> => {
      const rule = await following(options).current();
      return ours.map(idOf).filter((id) => rule.follows(id));
    };
    expect(await ids({ botUserId: BOT })).toEqual(['to-us', 'asked', 'apart']);
    expect(await ids({ botUserId: BOT, rooms: [OPS] })).toEqual(['to-us', 'asked', 'apart']);
    expect(await ids({})).toEqual([]);
    // Followed, and a source of nobody's but by the setting.
    const maya = 'dXTXykkhp6cLxjnXK';
    await chat.put('rocketchat_subscription', { _id: 'm1', rid: 'to-us', u: { _id: maya } });
    const readable = async (direct: boolean): Promise<readonly string[]> =>
      (await chat.directory({ direct }).rightsOf('maya.keller')).rooms;
    expect(await readable(true)).toContain('to-us');
    expect(await readable(false)).not.toContain('to-us');
    expect(await chat.directory().rightsInRoom('to-us', 'maya.keller')).toMatchObject({
      ...{ id: maya, isForOne: true, rooms: await readable(false) },
    });
    await chat.remove('rocketchat_subscription', 'm1');
    for (const room of ours) await chat.remove('rocketchat_room', idOf(room));
    await chat.remove('rocketchat_subscription', 'b3');
  });

  it('are never those that say no, nor their discussions', async () => {
    const [ops] = rooms;
    await chat.put('rocketchat_room', { ...ops, announcement: '#no-innkeeper' });
    expect(await followed({ botUserId: BOT, rooms: [OPS] })).toEqual([]);
    await chat.put('rocketchat_room', ops as JsonObject);
  });

  it('are asked for once a second, and are one object while nothing changes', async () => {
    const following1 = following({ botUserId: BOT });
    const first = await following1.current();
    await chat.remove('rocketchat_subscription', 'b1');
    clock.forward(999);
    expect(await following1.current()).toBe(first);
    clock.forward(1);
    const second = await following1.current();
    expect([first.follows(OPS), second.follows(OPS), second.follows(OPS_TALK)]).toEqual([
      ...[true, false, false],
    ]);
    clock.forward(1_000);
    expect(await following1.current()).toBe(second);
    await chat.put('rocketchat_subscription', { _id: 'b1', rid: OPS, u: { _id: BOT } });
  });
});
