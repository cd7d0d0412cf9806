import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { restMessageFeed, type RestMessageFeedOptions } from '#libs/adapters/rocketchat';
import { isBefore } from '#libs/contracts';
import { asFault, systemClock } from '#libs/kernel';
import type { ChangeFeed, FeedBatch, FeedPlace, OpenFeed } from '#libs/ports/change-feed';

import { BOT, openRestChat, type OpenRestChat } from './chat-by-rest.js';

const keyOf = (id: string): string => JSON.stringify(id);
const ROOMS = ['lobby', 'office'];

describe('messages of a chat by its API', () => {
  let chat: OpenRestChat;
  let feed: ChangeFeed;
  /** Of the chat, which is by a second ahead at most: what happens does so after every place of now. */
  let now: number;

  const feedWith = (options: Partial<RestMessageFeedOptions> = {}): ChangeFeed =>
    restMessageFeed({
      ...{ client: chat.client(), userId: BOT, clock: systemClock, pollMs: 5 },
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      ...options,
    });

  beforeEach(async () => {
    chat = await openRestChat();
    now = Date.now() + 1_000;
    for (const room of ROOMS) {
      chat.fake.state.rooms.set(room, { _id: room, t: 'c', msgs: 3 });
      chat.fake.state.join(BOT, room);
    }
    chat.fake.state.rooms.set('elsewhere', { _id: 'elsewhere', t: 'p', msgs: 9 });
    feed = feedWith();
  });

  afterEach(() => chat.close());

  const say = (_id: string, msg: string, rid = 'lobby'): void =>
    chat.fake.state.write({ _id, rid, msg, u: { _id: 'maya', username: 'm' } }, now++);

  const next = (open: OpenFeed, limit = 100): Promise<FeedBatch> => open.next({ waitMs: 0, limit });

  const told = ({ changes }: FeedBatch): string[] =>
    changes.map(({ key, removed }) => `${removed ? '-' : '+'}${key.slice(1, -1)}`);

  it('are told once each, in order, of all rooms that the bot is in', async () => {
    const open = await feed.open(await feed.now());
    expect(await next(open)).toMatchObject({ changes: [] });
    say('a', 'one');
    say('b', 'two', 'office');
    say('c', 'not for us', 'elsewhere');
    say('a', 'one, edited');
    expect(told(await next(open))).toEqual(['+b', '+a']);
    expect(told(await next(open))).toEqual([]);
    chat.fake.state.erase('b', now++);
    say('a', 'edited again');
    expect(told(await next(open))).toEqual(['-b', '+a']);
  });

  it('are told again from an earlier place, and none is left out', async () => {
    const start = await feed.now();
    const open = await feed.open(start);
    for (const id of ['a', 'b', 'c', 'd', 'e']) say(id, id);
    const places: FeedPlace[] = [];
    for (let batch = 0; batch < 3; batch++) places.push((await next(open, 2)).place);
    // Two of five have been told: the place is still before the first of them.
    expect(told(await next(await feedWith().open(places[0] as FeedPlace)))).toHaveLength(5);
    say('f', 'f');
    const later = await next(await feedWith().open(places[2] as FeedPlace));
    expect(told(later)).toContain('+f');
    expect(isBefore(later.place.at, start.at)).toBe(false);
  });

  it('come from rooms that the bot joins, and no more from rooms that it leaves', async () => {
    const open = await feed.open(await feed.now());
    chat.fake.state.join(BOT, 'elsewhere');
    chat.fake.state.leave(BOT, 'office');
    await next(open);
    say('a', 'here', 'elsewhere');
    say('b', 'gone', 'office');
    expect(told(await next(open))).toEqual(['+a']);
  });

  it('are waited for', async () => {
    const open = await feed.open(await feed.now());
    const waiting = open.next({ waitMs: 60_000, limit: 10 });
    setTimeout(() => say('late', 'hello'), 30);
    expect(told(await waiting)).toEqual(['+late']);
  });

  it('are read as they are, projected, with dates as dates and numbers as numbers', async () => {
    say('a', 'hello');
    chat.fake.state.write(
      { ...{ _id: 'b', rid: 'lobby', tcount: 3, secret: 'x' }, attachments: [{ text: 'q', x: 1 }] },
      now,
    );
    const fields = ['msg', 'ts', 'u._id', 'attachments.text', 'tcount'];
    const { documents } = await feedWith({ fields }).read(['a', 'b', 'none'].map(keyOf));
    expect(documents).toEqual([
      {
        key: keyOf('a'),
        document: {
          ...{ _id: 'a', msg: 'hello', u: { _id: 'maya' } },
          ts: { $date: { $numberLong: `${now - 1}` } },
        },
      },
      {
        key: keyOf('b'),
        document: {
          ...{ _id: 'b', tcount: { $numberInt: '3' }, attachments: [{ text: 'q' }] },
          ts: { $date: { $numberLong: `${now}` } },
        },
      },
      { key: keyOf('none') },
    ]);
    const [first, second] = [await feed.read([keyOf('a')]), await feed.read([keyOf('a')])];
    expect(isBefore(first.at, second.at)).toBe(true);
  });

  it('that came with a change are not asked for again, and never after they are gone', async () => {
    const open = await feed.open(await feed.now());
    say('a', 'hello');
    say('b', 'hello');
    await next(open);
    chat.fake.requests.length = 0;
    expect(await feed.read([keyOf('a')])).toMatchObject({
      documents: [{ document: { msg: 'hello' } }],
    });
    expect(chat.fake.requests).toEqual([]);
    chat.fake.state.erase('b', now++);
    await next(open);
    expect((await feed.read([keyOf('b')])).documents).toEqual([{ key: keyOf('b') }]);
  });

  it.each(['before 9', '9'] as const)(
    'are not taken for deleted when the bot may not see them, %s',
    async (era) => {
      chat.fake.era = era;
      say('a', 'hidden from us', 'elsewhere');
      const refused = await feed.read([keyOf('a')]).catch(asFault);
      expect(refused).toMatchObject({ code: 'CAPTURE_DOCUMENT_UNREADABLE' });
    },
  );

  it('of keys that are no texts are not there', async () => {
    const keys = ['{"$oid":"6543210fedcba9876543210f"}', '7'];
    expect((await feed.read(keys)).documents).toEqual(keys.map((key) => ({ key })));
  });

  it('over the largest size are said to be so, and not read', async () => {
    say('a', 'x'.repeat(300_000));
    const { documents } = await feed.read([keyOf('a')]);
    expect(documents).toMatchObject([{ key: keyOf('a'), tooLarge: expect.any(Number) }]);
    expect(documents[0]).not.toHaveProperty('document');
  });

  const scanned = async (limit: number, group?: string): Promise<string[]> => {
    const found: string[] = [];
    for (let after: string | undefined, pages = 0; pages < 500; pages++) {
      const page = await feed.scan({
        limit,
        ...(after !== undefined && { after }),
        ...(group !== undefined && { group }),
      });
      found.push(...page.documents.map(({ key }) => JSON.parse(key) as string));
      if (page.next === undefined) return found;
      after = page.next;
    }
    throw new Error('the scan never ends');
  };

  it('are scanned once each, whatever a page holds', async () => {
    const ids = Array.from({ length: 23 }, (_, i) => `m${i}`);
    for (const [i, id] of ids.entries()) say(id, 'x', i % 3 === 0 ? 'office' : 'lobby');
    say('other', 'x', 'elsewhere');
    for (const limit of [1, 2, 7, 100])
      expect((await scanned(limit)).sort()).toEqual([...ids].sort());
    expect(await scanned(5, 'office')).toHaveLength(8);
    expect(await scanned(5, 'elsewhere')).toEqual([]);
    expect(await feed.count()).toBe(6);
  });

  it('that changed in one moment are scanned all, though a page ends between them', async () => {
    const ids = Array.from({ length: 150 }, (_, i) => `m${i}`);
    for (const _id of ids) chat.fake.state.write({ _id, rid: 'lobby', msg: 'renamed' }, now);
    for (const limit of [10, 100]) expect((await scanned(limit)).sort()).toEqual([...ids].sort());
  });

  it('are lost sight of with a place that is too old, or none of ours', async () => {
    const month = 30 * 24 * 3_600_000;
    const old = { at: now - month, rooms: { lobby: now - month } };
    for (const token of [JSON.stringify(old), '{}', 'no place', '{"at":1,"rooms":null}']) {
      const refused = await feed.open({ token, at: { t: 1, i: 1 } }).catch(asFault);
      expect(refused).toMatchObject({ code: 'CAPTURE_HISTORY_LOST' });
    }
  });

  it('go on after an outage and after a limit, with nothing left out', async () => {
    const open = await feed.open(await feed.now());
    say('a', 'a');
    chat.fake.outage = 502;
    expect(await next(open).catch(asFault)).toMatchObject({ code: 'CAPTURE_UNREACHABLE' });
    chat.fake.outage = undefined;
    chat.addBot('user');
    const codes = new Set<string>();
    const found: string[] = [];
    for (let round = 0; round < 12; round++) {
      say(`m${round}`, 'x', ROOMS[round % 2]);
      const batch = await next(open).catch(asFault);
      if ('code' in batch) codes.add(`${batch.code} ${batch.retryAfterMs !== undefined}`);
      else found.push(...told(batch));
    }
    expect([...codes]).toEqual(['CAPTURE_UNREACHABLE true']);
    chat.addBot('bot');
    found.push(...told(await next(open)), ...told(await next(open)));
    expect(found.sort()).toEqual(['+a', ...Array.from({ length: 12 }, (_, i) => `+m${i}`)].sort());
  });

  it('are forbidden to a token that does not hold any more', async () => {
    const refused = await feedWith({ client: chat.client('old') })
      .now()
      .catch(asFault);
    expect(refused).toMatchObject({ code: 'CAPTURE_FORBIDDEN' });
  });

  it('have obstacles that a check names', async () => {
    chat.fake.state.users.set('rocket.cat', { _id: 'rocket.cat', active: true, roles: ['bot'] });
    expect(await feed.examine()).toEqual({ obstacles: [], preImages: false });
    chat.addBot('user');
    chat.fake.state.users.set('rocket.cat', { _id: 'rocket.cat', name: 'Cat' });
    const { obstacles } = await feed.examine();
    expect(obstacles.map(({ kind }) => kind)).toEqual(['advice', 'right']);
  });
});
