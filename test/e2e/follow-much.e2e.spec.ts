import { MongoClient, type Db, type Document } from 'mongodb';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { databaseName, describePeer, type LockedMongodb } from '#libs/testing';

import { Follower } from './harness/follower.js';
import { long } from './harness/killing.js';
import { until } from './harness/outside.js';

/** A document whose identity the test chose. */
interface Chosen extends Document {
  readonly _id: string | number;
}

describePeer('mongodb', 'a followed collection of much', (peer) => {
  const count = long ? 50_000 : 10_000;
  let client: MongoClient;
  let db: Db;
  let follower: Follower;

  beforeAll(async () => {
    const { url } = await peer.shared();
    client = await MongoClient.connect(url);
    db = client.db(databaseName());
    const many = Array.from({ length: count }, (_, _id) => ({ _id, text: 'before' }));
    await db.collection<Chosen>('many').insertMany(many);
    await db.collection<Chosen>('large').insertOne({ _id: 'grows', text: 'small' });
    const database = db.databaseName;
    follower = new Follower(
      ['many', 'large'].map((name) => ({ name, database, collection: name, url })),
    );
    await follower.start();
    await follower.streams('many', 'large');
  });
  afterAll(async () => {
    await follower.dispose();
    await db.dropDatabase();
    await client.close();
  });

  it('sets a document of 9 MB aside and goes on, and has it again once it fits', async () => {
    const large = db.collection<Chosen>('large');
    await follower.shows('large', 'text', { grows: 'small' });
    await large.updateOne({ _id: 'grows' }, { $set: { pad: 'x'.repeat(9_000_000) } });
    await large.insertOne({ _id: 'beside', text: 'goes on' });
    await follower.shows('large', 'text', { beside: 'goes on', grows: 'small' });
    const parked = async () => (await follower.feed('large')).parked;
    await until('it is set aside', async () => (await parked()).length === 1);
    expect(await parked()).toMatchObject([{ id: expect.stringContaining('grows') }]);
    expect((await parked())[0]?.bytes).toBeGreaterThan(9_000_000);
    expect((await follower.feed('large')).phase).toBe('stream');
    await large.updateOne({ _id: 'grows' }, { $unset: { pad: 1 }, $set: { text: 'fits' } });
    await follower.shows('large', 'text', { beside: 'goes on', grows: 'fits' });
    expect(await parked()).toEqual([]);
  });

  it('is told whole where one command changes all of it', async () => {
    await db.collection('many').updateMany({}, { $set: { text: 'after' } });
    const isDone = async () => {
      const { items } = (await follower.viewer.get('/api/records/notice?limit=1')).json as {
        items: { body: { text: string } }[];
      };
      return items[0]?.body.text === 'after' && (await follower.feed('many')).lagMs < 1_000;
    };
    await until('the last one has come', isDone);
    await until('each is as it is there', async () => {
      const records = [...(await follower.records('many')).values()];
      return records.length === count && records.every(({ body }) => body['text'] === 'after');
    });
    expect(await follower.facts('many.main.5')).toBe(2);
  });
});

describePeer('mongodb-locked', 'a followed collection whose history is forgotten', (peer) => {
  let server: LockedMongodb;
  let client: MongoClient;
  let follower: Follower;

  beforeAll(async () => {
    server = await peer.start();
    client = await MongoClient.connect(server.url);
  });
  afterAll(async () => {
    await follower.dispose();
    await client.close();
    await server.stop();
  });

  it('is read again, and what was deleted meanwhile is gone', async () => {
    const db = client.db('planner');
    const jobs = db.collection<Chosen>('jobs');
    const documents = ['a', 'b', 'c'].map((_id) => ({ _id, text: 'before' }));
    await jobs.insertMany(documents);
    const user = {
      name: 'reader',
      password: 'a-password',
      roles: [{ role: 'read', db: 'planner' }],
    };
    const url = await server.addUser(user);
    follower = new Follower([{ name: 'jobs', database: 'planner', collection: 'jobs', url }]);
    await follower.start();
    await follower.shows('jobs', 'text', { a: 'before', b: 'before', c: 'before' });
    await follower.streams('jobs');
    expect((await follower.type('capture', 'check')).code).toBe(0);
    await follower.end('SIGTERM');

    await jobs.updateOne({ _id: 'a' }, { $set: { text: 'after' } });
    await jobs.deleteOne({ _id: 'b' });
    await jobs.insertOne({ _id: 'd', text: 'after' });
    await forgetAllUntilNow(client);
    await follower.start();
    await follower.shows('jobs', 'text', { a: 'after', c: 'before', d: 'after' });
    await follower.streams('jobs');
    expect(follower.printed).toContain('CAPTURE_HISTORY_LOST');
    const counts = ['a', 'b', 'c', 'd'].map((id) => follower.facts(`jobs.main.${id}`));
    expect(await Promise.all(counts)).toEqual([2, 2, 1, 1]);
  });
});

/** Writes elsewhere until the history begins after this moment. */
const forgetAllUntilNow = async (client: MongoClient): Promise<void> => {
  const now = Math.floor(Date.now() / 1000) + 1;
  const oplog = client.db('local').collection('oplog.rs');
  const oldest = () => oplog.findOne({}, { sort: { $natural: 1 } });
  const pad = 'x'.repeat(1_000_000);
  while (((await oldest())?.['ts'] as { t: number }).t <= now)
    await client.db('elsewhere').collection('busy').insertOne({ pad });
};
