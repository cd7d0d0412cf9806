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

  /** A writer that repeats what it heard no answer to: each of its documents is there in the end. */
  const write = async (from: number, count: number, halfway: () => Promise<unknown>) => {
    let broken: Promise<unknown> | undefined;
    for (let i = 0; i < count; i++) {
      if (i === count / 2) broken = halfway();
      const _id = `m${from + i}`;
      for (let written = false; !written;)
        written = await messages.updateOne({ _id }, { $set: { n: i } }, { upsert: true }).then(
          () => true,
          (error: unknown) => {
            if (error instanceof MongoError) return false;
            throw error;
          },
        );
    }
    await broken;
    await messages.insertOne({ _id: `last${from}` });
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

  it('never tells a write that is rolled back, and never reads it', async () => {
    const place = await feed.now();
    const opened = await feed.open(place);
    const primary = await set.primaryPort();
    const others = set.ports.filter((port) => port !== primary);
    const alone = await new MongoClient(`mongodb://127.0.0.1:${primary}/?directConnection=true`, {
      retryWrites: false,
    }).connect();
    const mine = alone.db(name).collection<Message>('messages', { writeConcern: { w: 1 } });
    await Promise.all(others.map((port) => set.kill(port)));
    // A primary without its set gives up soon: what it still took is what must go.
    const taken = await mine.insertOne({ _id: 'rolled back' }).then(
      () => true,
      () => false,
    );
    const early = await opened.next({ waitMs: 500, limit: 10 }).catch(() => undefined);
    const read = await feed.read(['"rolled back"']).catch(() => undefined);
    await opened.close();
    await set.kill(primary);
    await alone.close();
    await Promise.all(others.map((port) => set.restart(port)));
    await set.primaryPort();
    await set.restart(primary);
    while ((await messages.insertOne({ _id: 'after' }).catch(() => undefined)) === undefined);
    expect(taken).toBe(true);
    expect(early?.changes ?? []).toEqual([]);
    expect(read?.documents ?? [{ key: '"rolled back"' }]).toEqual([{ key: '"rolled back"' }]);
    expect(await toldFrom(place, 'after')).toEqual(['"after"']);
    const gone = await feed.read(['"rolled back"', '"after"']);
    expect(gone.documents.map(({ document }) => document?._id)).toEqual([undefined, 'after']);
  });
});
