import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { MongoClient, type Collection, type Db } from 'mongodb';

import { followedDatabase, mongodbChangeFeed, type MongoDatabase } from '#libs/adapters/mongodb';
import { isBefore } from '#libs/contracts';
import type { ChangeFeed, FeedOptions, OpenFeed } from '#libs/ports/change-feed';
import { databaseName, describePeer, type MongoReplicaSet } from '#libs/testing';
import { changesOf, codeOf, SOON_MS } from '#suites/change-feed';

interface Message {
  readonly _id: string;
  readonly text?: string;
  readonly seen?: number;
}

describePeer('mongodb', 'a feed of changes on MongoDB in a storm', (peer) => {
  let set: MongoReplicaSet;
  let client: MongoClient;
  let database: MongoDatabase;
  let db: Db;
  let messages: Collection<Message>;

  beforeAll(async () => {
    set = await peer.shared();
    client = await new MongoClient(set.url).connect();
    database = followedDatabase({ url: set.url });
  }, 60_000);
  beforeEach(async () => {
    db = client.db(databaseName());
    messages = db.collection<Message>('messages');
    await messages.insertOne({ _id: 'first' });
  });
  afterEach(async () => {
    await db.dropDatabase();
  });
  afterAll(async () => {
    await database.close();
    await client.close();
  });

  const following = (part: Partial<FeedOptions> = {}): ChangeFeed =>
    mongodbChangeFeed({
      database,
      options: { database: db.databaseName, collection: 'messages', ...part },
    });

  const end = async (opened: OpenFeed): Promise<void> => {
    for (;;) await opened.next({ waitMs: SOON_MS, limit: 100 });
  };

  it('tells each of 50,000 updates in one command once, and passes as many quiet ones', async () => {
    const ids = Array.from({ length: 50_000 }, (_, i) => `m${i}`);
    await messages.insertMany(ids.map((_id) => ({ _id })));
    const feed = following({ fields: ['text', 'seen'], quietFields: ['seen'] });
    const opened = await feed.open(await feed.now());
    await messages.updateMany({ _id: { $ne: 'first' } }, { $set: { text: 'x' } });
    await messages.updateMany({}, { $set: { seen: 1 } });
    await messages.insertOne({ _id: 'last' });
    const { changes } = await changesOf(opened, ids.length + 1, 200);
    expect(changes).toHaveLength(ids.length + 1);
    expect(new Set(changes.map(({ key }) => key)).size).toBe(ids.length + 1);
    expect(changes.at(-1)?.key).toBe('"last"');
    await feed.close();
  });

  it('passes updates of 9 MB whose images are kept, and a document as large as one can be', async () => {
    await db.command({ collMod: 'messages', changeStreamPreAndPostImages: { enabled: true } });
    const feed = following();
    expect((await feed.examine()).preImages).toBe(true);
    const opened = await feed.open(await feed.now());
    const largest = 16 * 1024 * 1024 - 64;
    await messages.updateOne({ _id: 'first' }, { $set: { text: 'x'.repeat(9_000_000) } });
    await messages.updateOne({ _id: 'first' }, { $set: { text: 'y'.repeat(9_000_000) } });
    await messages.replaceOne({ _id: 'first' }, { text: 'z'.repeat(largest) });
    await messages.insertOne({ _id: 'last' });
    const { changes } = await changesOf(opened, 4);
    expect(changes.map(({ key }) => key)).toEqual(['"first"', '"first"', '"first"', '"last"']);
    const [first, last] = (await feed.read(['"first"', '"last"'])).documents;
    expect(first?.tooLarge).toBeGreaterThan(largest);
    expect(last?.document).toEqual({ _id: 'last' });
    await feed.close();
  });

  it('keeps its place in the history while nothing is told', async () => {
    const feed = following({ fields: ['text', 'seen'], quietFields: ['seen'] });
    const place = await feed.now();
    const opened = await feed.open(place);
    let now = place;
    while (!isBefore({ t: place.at.t + 1, i: 0 }, now.at)) {
      await messages.updateOne({ _id: 'first' }, { $inc: { seen: 1 } });
      await db.collection('elsewhere').insertOne({});
      const batch = await opened.next({ waitMs: 300, limit: 10 });
      expect(batch.changes).toEqual([]);
      expect(isBefore(batch.place.at, now.at)).toBe(false);
      now = batch.place;
    }
    expect(now.token).not.toBe(place.token);
    await messages.insertOne({ _id: 'a' });
    const later = await feed.open(now);
    expect((await changesOf(later, 1)).changes.map(({ key }) => key)).toEqual(['"a"']);
    await feed.close();
  });

  it.each([
    ['renamed', () => messages.rename('others')],
    ['dropped with its database', () => db.dropDatabase()],
    [
      'replaced by another of its name',
      async () => {
        await db.collection<Message>('restored').insertOne({ _id: 'a' });
        await db.collection('restored').rename('messages', { dropTarget: true });
      },
    ],
  ])('says that a collection is gone that is %s', async (_how, going) => {
    const feed = following();
    const opened = await feed.open(await feed.now());
    await feed.read(['"first"']);
    await going();
    expect(await codeOf(end(opened))).toBe('CAPTURE_COLLECTION_GONE');
    expect(await codeOf(feed.read(['"first"']))).toBe('CAPTURE_COLLECTION_GONE');
    expect(await codeOf(feed.scan({ limit: 10 }))).toBe('CAPTURE_COLLECTION_GONE');
    await feed.close();
  });

  it('counts without a query, and with one', async () => {
    await messages.insertMany([{ _id: 'a', text: 'x' }, { _id: 'b' }]);
    expect(await following().count()).toBe(3);
    expect(await following({ filter: { text: { $exists: true } } }).count()).toBe(1);
  });
});
