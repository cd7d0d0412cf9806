import { inspect } from 'node:util';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Db, MongoClient } from 'mongodb';

import { mongodbSource } from '#libs/adapters/mongodb';
import { Secret, systemClock } from '#libs/kernel';
import { describePeer, type LockedMongodb } from '#libs/testing';

import { connect, DumpFolders, exportInto } from './dumps.js';

const PASSWORD = 'a-password-nobody-may-see';

describePeer('mongodb-locked', 'a source on a MongoDB with users', (peer) => {
  const folders = new DumpFolders();
  let server: LockedMongodb;
  let client: MongoClient;
  let db: Db;

  beforeAll(async () => {
    server = await peer.start();
    client = await connect(server.url);
    db = client.db('chat');
    for (const name of ['messages', 'rooms'])
      await db.collection<{ _id: string }>(name).insertOne({ _id: 'a' });
    const series = client.db('series');
    await series.createCollection('readings', { timeseries: { timeField: 'at' } });
    await series.collection('readings').insertOne({ at: new Date(0) });
    await db.createCollection('both', { viewOn: 'messages', pipeline: [] });
  }, 60_000);
  afterAll(async () => {
    await client.close();
    await server.stop();
    await folders.end();
  });

  const exportAs = async (url: string, database = 'chat') =>
    exportInto(
      mongodbSource({
        ...{ name: 'chat', url: new Secret(url), databases: [database] },
        ...{ mongod: 'mongod', clock: systemClock, timeoutMs: 1000 },
      }),
      await folders.folder(),
    );
  const userWith = (name: string, roles: { role: string; db: string }[]) =>
    server.addUser({ name, password: PASSWORD, roles });

  it('needs the right to read the database, and nothing else', async () => {
    const { manifest } = await exportAs(await userWith('reader', [{ role: 'read', db: 'chat' }]));
    expect(manifest.counts).toEqual({ 'chat.messages': 1, 'chat.rooms': 1 });
    expect(manifest.versions).not.toHaveProperty('featureCompatibilityVersion');
  });

  it('needs the right to read the buckets too where there are time series', async () => {
    const roles = [{ role: 'read', db: 'series' }];
    await expect(exportAs(await userWith('half-way', roles), 'series')).rejects.toMatchObject({
      details: { of: 'series.system.buckets.readings', needs: 'read' },
    });
    const resource = { db: 'series', collection: 'system.buckets.readings' };
    const privileges = [{ resource, actions: ['find'] }];
    await client.db('series').command({ createRole: 'buckets', privileges, roles: [] });
    const url = await userWith('all', [...roles, { role: 'buckets', db: 'series' }]);
    const { manifest } = await exportAs(url, 'series');
    expect(manifest.counts).toEqual({ 'series.system.buckets.readings': 1 });
  });

  it('says which format the servers keep to who may ask', async () => {
    const { versions } = (await exportAs(server.url)).manifest;
    expect(versions).toHaveProperty('featureCompatibilityVersion');
  });

  it('names the collection that may not be read, and no secret', async () => {
    const privileges = [
      { resource: { db: 'chat', collection: '' }, actions: ['listCollections', 'listIndexes'] },
      { resource: { db: 'chat', collection: 'messages' }, actions: ['find'] },
    ];
    await db.command({ createRole: 'half', privileges, roles: [] });
    const url = await userWith('half', [{ role: 'half', db: 'chat' }]);
    const error: unknown = await exportAs(url).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'BACKUP_SOURCE_UNREADABLE',
      details: { of: 'chat.rooms', needs: 'read' },
    });
    expect(inspect(error, { depth: 10 })).not.toContain(PASSWORD);
  });

  it.each([
    ['a stranger', () => userWith('stranger', [{ role: 'read', db: 'elsewhere' }])],
    ['somebody with a wrong password', async () => server.urlOf('reader', 'not-the-password')],
  ])('is unreadable for %s', async (_, url) => {
    const error: unknown = await exportAs(await url()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'BACKUP_SOURCE_UNREADABLE', details: { of: 'chat' } });
    expect(inspect(error, { depth: 10 })).not.toMatch(/not-the-password|nobody-may-see/);
  });

  it('is unreachable where nobody answers', async () => {
    const url = 'mongodb://reader:not-the-password@127.0.0.1:1/';
    const error: unknown = await exportAs(url).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'BACKUP_SOURCE_UNREACHABLE', kind: 'unavailable' });
    expect(inspect(error, { depth: 10 })).not.toContain('not-the-password');
  });
});
