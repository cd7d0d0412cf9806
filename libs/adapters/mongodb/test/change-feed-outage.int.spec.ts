import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MongoClient, MongoError, type Collection } from 'mongodb';

import { followedDatabase, mongodbChangeFeed, type MongoDatabase } from '#libs/adapters/mongodb';
import { asFault } from '#libs/kernel';
import type { ChangeFeed, FeedPlace, OpenFeed } from '#libs/ports/change-feed';
import { databaseName, describePeer, type MongoReplicaSet } from '#libs/testing';
import { SOON_MS } from '#suites/change-feed';

interface Message {
  readonly _id: string;
  readonly n?: number;
}

describePeer('mongodb', 'a feed of changes on a MongoDB that loses its primary', (peer) => {
  const name = databaseName();
  let set: MongoReplicaSet;
  let client: MongoClient;
  let database: MongoDatabase;
  let messages: Collection<Message>;
  let feed: ChangeFeed;

  beforeAll(async () => {
    set = await peer.start();
    client = await new MongoClient(set.url).connect();
    database = followedDatabase({ url: set.url });
    messages = client.db(name).collection<Message>('messages', { writeConcern: { w: 'majority' } });
    await messages.insertOne({ _id: 'first' });
    feed = mongodbChangeFeed({ database, options: { database: name, collection: 'messages' } });
  }, 60_000);
  afterAll(async () => {
    await feed.close();
    await database.close();
    await client.close();
    await set.stop();
  }, 60_000);

  /** Asks on as capture does: after each failure from its place. */
  const toldFrom = async (place: FeedPlace, last: string): Promise<string[]> => {
    const told: string[] = [];
    let at = place;
    let opened: OpenFeed | undefined;
    while (told.at(-1) !== `"${last}"`) {
      try {
        opened ??= await feed.open(at);
        const batch = await opened.next({ waitMs: SOON_MS, limit: 50 });
        at = batch.place;
        told.push(...batch.changes.map(({ key }) => key));
      } catch (error) {
        if (asFault(error).code !== 'CAPTURE_UNREACHABLE') throw error;
        opened = undefined;
      }
    }
    return told;
  };

  /** Repeats what it heard no answer to, so the document is there in the end, and may be told twice. */
  const put = async (_id: string, n = 0): Promise<void> => {
    for (let written = false; !written;)
      written = await messages.updateOne({ _id }, { $set: { n } }, { upsert: true }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof MongoError) return false;
          throw error;
        },
      );
  };

  const write = async (from: number, count: number, halfway: () => Promise<unknown>) => {
    let broken: Promise<unknown> | undefined;
    for (let i = 0; i < count; i++) {
      if (i === count / 2) broken = halfway();
      await put(`m${from + i}`, i);
    }
    await broken;
    await put(`last${from}`);
  };

  const losesNothing = async (from: number, halfway: () => Promise<unknown>): Promise<void> => {
    const place = await feed.now();
    const telling = toldFrom(place, `last${from}`);
    await write(from, 300, halfway);
    const told = await telling;
    const expected = Array.from({ length: 300 }, (_, i) => `"m${from + i}"`);
    const firstOfEach = [...new Set(told)].slice(0, -1);
    expect(firstOfEach).toEqual(expected);
    const { documents } = await feed.read(expected);
    expect(documents.every(({ document }) => document)).toBe(true);
  };

  it('loses nothing when the primary steps down in the middle', async () => {
    const stepDown = () =>
      client
        .db('admin')
        .command({ replSetStepDown: 20, secondaryCatchUpPeriodSecs: 10 })
        .catch(() => undefined);
    await losesNothing(1000, stepDown);
  });

  it('loses nothing when the primary is killed in the middle', async () => {
    let killed = 0;
    await losesNothing(2000, async () => (killed = await set.killPrimary()));
    await set.restart(killed);
  });

  /** Has a primary take a write that nobody else gets. It gives up soon without its set, so more than once if need be. */
  const writtenAlone = async (_id: string): Promise<{ primary: number; others: number[] }> => {
    for (;;) {
      const primary = await set.primaryPort();
      const others = set.ports.filter((port) => port !== primary);
      const url = `mongodb://127.0.0.1:${primary}/?directConnection=true`;
      const alone = await new MongoClient(url, { retryWrites: false }).connect();
      const mine = alone.db(name).collection<Message>('messages', { writeConcern: { w: 1 } });
      await Promise.all(others.map((port) => set.kill(port)));
      const taken = await mine.insertOne({ _id }).then(
        () => true,
        () => false,
      );
      await alone.close();
      if (taken) return { primary, others };
      await Promise.all(others.map((port) => set.restart(port)));
    }
  };

  it('never tells a write that is rolled back, and never reads it', async () => {
    const place = await feed.now();
    const opened = await feed.open(place);
    const { primary, others } = await writtenAlone('rolled back');
    const early = await opened.next({ waitMs: 500, limit: 10 }).catch(() => undefined);
    const read = await feed.read(['"rolled back"']).catch(() => undefined);
    await opened.close();
    await set.kill(primary);
    await Promise.all(others.map((port) => set.restart(port)));
    await set.primaryPort();
    await set.restart(primary);
    await put('after');
    expect(early?.changes ?? []).toEqual([]);
    expect(read?.documents ?? [{ key: '"rolled back"' }]).toEqual([{ key: '"rolled back"' }]);
    expect(new Set(await toldFrom(place, 'after'))).toEqual(new Set(['"after"']));
    const gone = await feed.read(['"rolled back"', '"after"']);
    expect(gone.documents.map(({ document }) => document?._id)).toEqual([undefined, 'after']);
  });
});
