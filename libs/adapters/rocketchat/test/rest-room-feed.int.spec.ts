import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { followedRooms, restRoomFeed, roomsByRest } from '#libs/adapters/rocketchat';
import { asFault, systemClock } from '#libs/kernel';
import type { ChangeFeed, OpenFeed } from '#libs/ports/change-feed';

import { BOT, openRestChat, type OpenRestChat } from './chat-by-rest.js';

const keyOf = (id: string): string => JSON.stringify(id);

describe('rooms of a chat by its API', () => {
  let chat: OpenRestChat;
  let feed: ChangeFeed;
  let changes = 0;

  const put = (_id: string, more: Record<string, string | boolean> = {}): void => {
    const _updatedAt = new Date(Date.UTC(2026, 10, 3) + changes++).toISOString();
    chat.fake.state.rooms.set(_id, { ...{ _id, t: 'c', name: _id, _updatedAt }, ...more });
  };

  beforeEach(async () => {
    chat = await openRestChat();
    for (const id of ['lobby', 'office']) {
      put(id);
      chat.fake.state.join(BOT, id);
    }
    put('elsewhere');
    feed = restRoomFeed({
      ...{ client: chat.client(), userId: BOT, clock: systemClock, pollMs: 5 },
      ...{ fields: ['name', 'topic'], sleep: () => Promise.resolve() },
    });
  });

  afterEach(() => chat.close());

  const told = async (open: OpenFeed, limit = 10): Promise<string[]> =>
    (await open.next({ waitMs: 0, limit })).changes.map(
      ({ key, removed }) => `${removed ? '-' : '+'}${JSON.parse(key)}`,
    );

  it('are told when they change, when the bot joins, and when they are deleted', async () => {
    const open = await feed.open(await feed.now());
    expect(await told(open)).toEqual([]);
    put('lobby', { topic: 'new' });
    chat.fake.state.join(BOT, 'elsewhere');
    expect((await told(open)).sort()).toEqual(['+elsewhere', '+lobby']);
    chat.fake.state.rooms.delete('office');
    expect(await told(open)).toEqual(['-office']);
    expect(await told(open)).toEqual([]);
  });

  it('are not told as deleted when the bot leaves, nor read as if they were', async () => {
    const open = await feed.open(await feed.now());
    chat.fake.state.leave(BOT, 'office');
    expect(await told(open)).toEqual([]);
    const refused = await feed.read([keyOf('office')]).catch(asFault);
    expect(refused).toMatchObject({ code: 'CAPTURE_DOCUMENT_UNREADABLE' });
  });

  it('are told again from an earlier place, and a few at a time', async () => {
    const start = await feed.now();
    const open = await feed.open(start);
    put('lobby');
    put('office');
    expect(await told(open, 1)).toHaveLength(1);
    expect(await told(open, 1)).toHaveLength(1);
    expect(await told(open, 1)).toEqual([]);
    expect(await told(await feed.open(start))).toHaveLength(2);
    const lost = await feed.open({ ...start, token: 'none of ours' }).catch(asFault);
    expect(lost).toMatchObject({ code: 'CAPTURE_HISTORY_LOST' });
  });

  it('are read and scanned as they are', async () => {
    put('lobby', { topic: 'Linen', secret: 'x' });
    const { documents } = await feed.read([keyOf('lobby'), keyOf('none')]);
    const lobby = {
      key: keyOf('lobby'),
      document: { _id: 'lobby', name: 'lobby', topic: 'Linen' },
    };
    expect(documents).toEqual([lobby, { key: keyOf('none') }]);
    const first = await feed.scan({ limit: 1 });
    expect(first).toMatchObject({ documents: [lobby], next: keyOf('lobby') });
    const second = await feed.scan({ limit: 1, after: first.next ?? '' });
    expect(second.documents.map(({ key }) => key)).toEqual([keyOf('office')]);
    expect(second.next).toBeUndefined();
    expect(await feed.count()).toBe(2);
  });

  it('are followed where the bot is, less those that say no', async () => {
    const options = { rooms: [], direct: false, livechat: false, clock: systemClock };
    const rule = () =>
      followedRooms(roomsByRest(chat.client()), { ...options, botUserId: BOT }).current();
    const follows = async () =>
      ['lobby', 'office', 'elsewhere'].filter(
        (
          (now) => (id: string) =>
            now.follows(id)
        )(await rule()),
      );
    expect(await follows()).toEqual(['lobby', 'office']);
    put('office', { topic: '#no-innkeeper' });
    expect(await follows()).toEqual(['lobby']);
  });
});
