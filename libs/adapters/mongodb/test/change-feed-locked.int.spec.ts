import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MongoClient, type Db } from 'mongodb';

import { followedDatabase, mongodbChangeFeed } from '#libs/adapters/mongodb';
import { Fault } from '#libs/kernel';
import type { ChangeFeed } from '#libs/ports/change-feed';
import { describePeer, type LockedMongodb } from '#libs/testing';
import { changesOf, codeOf, SOON_MS } from '#suites/change-feed';

const PASSWORD = 'a-password-nobody-may-see';

describePeer('mongodb-locked', 'a feed of changes on a MongoDB with users', (peer) => {
  let server: LockedMongodb;
  let client: MongoClient;
  let db: Db;
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await peer.start();
    client = await new MongoClient(server.url).connect();
    db = client.db('chat');
    await db.collection('messages').insertOne({ _id: 'a' as never });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(ends.map((end) => end()));
    await client.close();
    await server.stop();
  }, 60_000);

  const feedAt = (url: string, collection = 'messages'): ChangeFeed => {
    const database = followedDatabase({ url });
    ends.push(() => database.close());
    return mongodbChangeFeed({ database, options: { database: 'chat', collection } });
  };

  const userWith = (name: string, roles: { role: string; db: string }[]) =>
    server.addUser({ name, password: PASSWORD, roles });

  it('follows with the right to read, and nothing else', async () => {
    const feed = feedAt(await userWith('reader', [{ role: 'read', db: 'chat' }]));
    const { obstacles, preImages, historyMs } = await feed.examine();
    expect(obstacles.map(({ kind }) => kind)).toEqual(['advice']);
    expect([preImages, historyMs]).toEqual([false, undefined]);
    const opened = await feed.open(await feed.now());
    await db.collection('messages').insertOne({ _id: 'b' as never });
    expect((await changesOf(opened, 1)).changes.map(({ key }) => key)).toEqual(['"b"']);
    const keys = ['"a"', '"b"', '"never"'];
    expect((await feed.read(keys)).documents.map(({ document }) => document?._id)).toEqual([
      'a',
      'b',
      undefined,
    ]);
    expect((await feed.scan({ limit: 10 })).documents).toHaveLength(2);
    expect(await feed.count()).toBe(2);
    await feed.close();
  });

  it('says how long the history is to who may read it', async () => {
    const roles = [
      { role: 'read', db: 'chat' },
      { role: 'read', db: 'local' },
    ];
    const { obstacles, historyMs } = await feedAt(await userWith('historian', roles)).examine();
    expect(obstacles).toEqual([]);
    expect(historyMs).toBeGreaterThanOrEqual(0);
  });

  it('says which rights are missing, and gives away no secret', async () => {
    const url = await userWith('stranger', [{ role: 'read', db: 'elsewhere' }]);
    const feed = feedAt(url);
    const questions = [
      () => feed.now(),
      () => feed.read(['"a"']),
      () => feed.scan({ limit: 1 }),
      () => feed.count(),
    ];
    for (const question of questions) {
      const error = await question().catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: 'CAPTURE_FORBIDDEN' });
      expect(textOf(error)).not.toContain(PASSWORD);
    }
    const { obstacles } = await feed.examine();
    const rights = obstacles.filter(({ kind }) => kind === 'right').map(({ text }) => text);
    expect(rights).toHaveLength(2);
    expect(rights[0]).toContain('`find` on chat.messages');
    expect(rights[1]).toContain('`changeStream` on chat.messages');
  });

  it('takes a wrong password for a missing right', async () => {
    const feed = feedAt(server.urlOf('reader', 'wrong'));
    expect(await codeOf(feed.read(['"a"']))).toBe('CAPTURE_FORBIDDEN');
  });

  it('says that nobody answers when nobody does', async () => {
    const url = 'mongodb://someone:hidden-password@127.0.0.1:9/';
    const database = followedDatabase({ url, timeoutMs: 200 });
    const options = { database: 'chat', collection: 'messages' };
    const feed = mongodbChangeFeed({ database, options });
    const error = await feed.now().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'CAPTURE_UNREACHABLE' });
    expect(textOf(error)).not.toContain('hidden-password');
    await database.close();
  });

  it('says that the history is lost once its place has fallen out of it', async () => {
    const feed = feedAt(server.url);
    const place = await feed.now();
    const busy = db.collection('busy');
    const filling = { text: 'x'.repeat(1_000_000) };
    const oldest = () =>
      client
        .db('local')
        .collection('oplog.rs')
        .findOne({}, { sort: { $natural: 1 } });
    const isForgotten = async () => ((await oldest())?.['ts'] as { t: number }).t > place.at.t + 1;
    while (!(await isForgotten())) await busy.insertOne({ ...filling });
    const lost = async () => (await feed.open(place)).next({ waitMs: SOON_MS, limit: 1 });
    expect(await codeOf(lost())).toBe('CAPTURE_HISTORY_LOST');
    const again = await feed.open(await feed.now());
    await db.collection('messages').insertOne({ _id: 'after' as never });
    expect((await changesOf(again, 1)).changes.map(({ key }) => key)).toEqual(['"after"']);
    await feed.close();
  });

  it('says that a view cannot be followed, and that images are kept', async () => {
    await db.createCollection('view', { viewOn: 'messages', pipeline: [] });
    await db.createCollection('kept', { changeStreamPreAndPostImages: { enabled: true } });
    const view = await feedAt(server.url, 'view').examine();
    expect(view.obstacles.map(({ kind }) => kind)).toContain('setting');
    expect((await feedAt(server.url, 'kept').examine()).preImages).toBe(true);
  });
});

/** Everything that a log may show of an error. */
const textOf = (error: unknown): string =>
  error instanceof Fault
    ? JSON.stringify([error.message, error.code, error.details, String(error.cause)])
    : String(error);
