import { truncate } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Db, MongoClient } from 'mongodb';

import { loadDump, mongodbSource, restoreMongodb } from '#libs/adapters/mongodb';
import { Secret, systemClock } from '#libs/kernel';
import type { SourceProgress } from '#libs/ports/backup-source';
import { databaseName, describePeer } from '#libs/testing';

import { bytesIn, connect, DumpFolders, exportInto, quietly } from './dumps.js';

describePeer('mongodb', 'a copy of a database that is brought back', (peer) => {
  const folders = new DumpFolders();
  const from = databaseName();
  const made: string[] = [from];
  let client: MongoClient;
  let url: Secret;
  let folder: string;
  let live: Db;

  beforeAll(async () => {
    const set = await peer.shared();
    url = new Secret(set.url);
    client = await connect(set.url);
    live = client.db(from);
    await live.collection('messages').insertMany(Array.from({ length: 300 }, (_, i) => ({ i })));
    await live.collection('messages').createIndex({ i: 1 }, { unique: true, name: 'number' }, {});
    await live.collection('rooms').insertOne({ name: 'a' });
    await live.createCollection('few', { viewOn: 'messages', pipeline: [{ $limit: 3 }] });
    await live.createCollection('readings', { timeseries: { timeField: 'at' } });
    await live.collection('readings').insertOne({ at: new Date(0), value: 1 });
    folder = await exportedNow();
  }, 60_000);
  afterAll(async () => {
    for (const name of made) await client.db(name).dropDatabase();
    await client.close();
    await folders.end();
  });

  const exportedNow = async (): Promise<string> => {
    const into = await folders.folder();
    const databases = [from];
    await exportInto(
      mongodbSource({ name: 'chat', url, databases, mongod: 'mongod', clock: systemClock }),
      into,
    );
    return into;
  };
  const fresh = (): string => {
    const name = databaseName();
    made.push(name);
    return name;
  };

  it('comes back under another name, with its indexes, views and time series', async () => {
    const to = fresh();
    const seen: SourceProgress[] = [];
    const watch = {
      ...quietly,
      onProgress: (progress: SourceProgress) => void seen.push(progress),
    };
    const restored = await restoreMongodb({ folder, url, from, to }, watch);
    expect(restored).toEqual({ collections: 4, documents: 302, refusedIndexes: [] });
    const back = client.db(to);
    expect(await bytesIn(back, 'messages')).toEqual(await bytesIn(live, 'messages'));
    expect(await back.collection('messages').indexes()).toEqual(
      await live.collection('messages').indexes(),
    );
    expect(await back.collection('few').countDocuments()).toBe(3);
    expect(await bytesIn(back, 'readings')).toEqual(await bytesIn(live, 'readings'));
    expect(seen.at(-1)?.bytesDone).toBeGreaterThan(0);
    expect(await live.collection('messages').countDocuments()).toBe(300);
  });

  it('comes back as one collection, beside those that are there', async () => {
    const to = fresh();
    await client.db(to).collection('other').insertOne({ a: 1 });
    const order = { folder, url, from, to, collection: 'rooms' };
    expect(await restoreMongodb(order, quietly)).toMatchObject({ collections: 1, documents: 1 });
    expect(await bytesIn(client.db(to), 'rooms')).toEqual(await bytesIn(live, 'rooms'));
    expect(await client.db(to).collection('other').countDocuments()).toBe(1);
  });

  it.each([undefined, 'messages'])('is never written over what is there (%s)', async (name) => {
    const before = await bytesIn(live, 'messages');
    const order = { folder, url, from, to: from, ...(name !== undefined && { collection: name }) };
    await expect(restoreMongodb(order, quietly)).rejects.toMatchObject({
      code: 'BACKUP_TARGET_NOT_EMPTY',
    });
    expect(await bytesIn(live, 'messages')).toEqual(before);
  });

  it.each([
    ['a database', { from: 'nowhere' }],
    ['a collection', { from, collection: 'nothing' }],
  ])('says that it does not hold %s', async (_, wanted) => {
    await expect(
      restoreMongodb({ folder, url, to: fresh(), ...wanted }, quietly),
    ).rejects.toMatchObject({ code: 'BACKUP_SOURCE_MISSING' });
  });

  it('is not taken for whole where a file of it is cut off', async () => {
    const damaged = await exportedNow();
    await truncate(join(damaged, 'dump', from, 'messages.bson'), 2000);
    await expect(
      restoreMongodb({ folder: damaged, url, from, to: fresh() }, quietly),
    ).rejects.toMatchObject({ code: 'BACKUP_DRILL_FAILED', details: { of: `${from}.messages` } });
  });

  it('comes back as a whole only to a server without its databases', async () => {
    await expect(loadDump({ folder, url }, quietly)).rejects.toMatchObject({
      code: 'BACKUP_TARGET_NOT_EMPTY',
    });
  });
});
