import { createHash } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MongoClient } from 'mongodb';

import {
  innkeeperMongodbSource,
  keysMongodbSource,
  loadDump,
  MongoDatabase,
  mongodbDocuments,
  mongodbEventLog,
  mongodbKeys,
  mongodbLeases,
  startScratchMongod,
} from '#libs/adapters/mongodb';
import { Secret, systemClock } from '#libs/kernel';
import { verifyLog } from '#libs/ports/event-log';
import { databaseName, describePeer } from '#libs/testing';
import { drafts, type Log } from '#suites/event-log';

import { connect, DumpFolders, exportInto, mongodProgram, proveIn, quietly } from './dumps.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const collection = (name: string) => ({ name, fields: [] });
const MASTER = new Secret(new Uint8Array(32).fill(7));

describePeer('mongodb', 'the log, documents and keys on MongoDB as sources', (peer) => {
  const folders = new DumpFolders();
  const [name, keysName] = [databaseName(), databaseName()];
  let client: MongoClient;
  let url: Secret;
  let database: MongoDatabase;
  let keysDatabase: MongoDatabase;
  let log: Log;

  beforeAll(async () => {
    const set = await peer.shared();
    url = new Secret(set.url);
    client = await connect(set.url);
    database = new MongoDatabase({ url: set.url, name });
    keysDatabase = new MongoDatabase({ url: set.url, name: keysName });
    log = mongodbEventLog({ database, clock: systemClock });
    for (const each of ['a', 'b', 'c'])
      await log.observe(
        await drafts(each, 40, { personal: Uint8Array.of(1), stream: `test/${each}` }),
      );
    const documents = mongodbDocuments({ database, clock: systemClock });
    for (const each of ['kept', 'derived_of_it'])
      await documents.swap(collection(each), { id: 'one', body: { a: 1 } }, 0);
    await mongodbLeases({ database }).acquire('a', 'holder', 60_000);
    const keys = await mongodbKeys({
      database: keysDatabase,
      masterKey: MASTER,
      clock: systemClock,
    });
    await keys.seal([{ stream: 'test/a', plain: Uint8Array.of(1) }]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([database.close(), keysDatabase.close()]);
    for (const each of [name, keysName]) await client.db(each).dropDatabase();
    await client.close();
    await folders.end();
  });

  const programs = { mongod: mongodProgram(), clock: systemClock };
  const innkeeper = () =>
    innkeeperMongodbSource({
      ...{ url, database: name, waiting: async () => 3, ...programs },
      documents: { derived: (each) => each.startsWith('derived') },
    });
  const keysSource = () => keysMongodbSource({ url, database: keysName, ...programs });

  it('holds the chain up to a head, and what is not made from it', async () => {
    const { manifest } = await exportInto(innkeeper(), await folders.folder());
    const head = await log.head();
    expect(manifest).toMatchObject({ kind: 'innkeeper', source: 'innkeeper', waiting: 3 });
    expect(manifest.position).toEqual({
      ...{ at: 'log', era: head.era, position: head.position },
      hash: Buffer.from(head.hash).toString('hex'),
    });
    expect(Object.keys(manifest.counts)).toEqual([`${name}.documents_kept`, `${name}.log_commits`]);
  });

  it('holds no documents where they are kept elsewhere', async () => {
    const source = innkeeperMongodbSource({ url, database: name, documents: 'none', ...programs });
    const { manifest } = await exportInto(source, await folders.folder());
    expect(Object.keys(manifest.counts)).toEqual([`${name}.log_commits`]);
  });

  it('comes back as a log that is whole, with keys, after facts were appended meanwhile', async () => {
    const [data, keys, scratch] = await Promise.all([1, 2, 3].map(() => folders.folder()));
    let appending = true;
    const appended = (async () => {
      for (let i = 0; appending; i++) await log.observe(await drafts(`more/${i}`, 20));
    })();
    const { manifest } = await exportInto(innkeeper(), data ?? '');
    appending = false;
    await appended;
    await exportInto(keysSource(), keys ?? '');
    const server = await startScratchMongod({
      ...{ program: programs.mongod, folder: scratch ?? '', ...quietly },
    });
    if (!server) throw new Error('no server');
    for (const folder of [data ?? '', keys ?? ''])
      await loadDump({ folder, url: server.url }, quietly);
    const restored = new MongoDatabase({ url: server.url.reveal(), name });
    const back = mongodbEventLog({ database: restored, clock: systemClock });
    const verified = await verifyLog(back, sha256);
    expect(verified).toMatchObject({ whole: true });
    const head = await back.head();
    expect(manifest.position).toMatchObject({
      position: head.position,
      hash: Buffer.from(head.hash).toString('hex'),
    });
    expect(head.position).toBeLessThanOrEqual((await log.head()).position);
    await back.observe(await drafts('after', 2));
    await restored.close();
    await server.stop();
  }, 60_000);

  it.each([
    ['innkeeper', innkeeper],
    ['keys', keysSource],
  ])(
    'proves a copy of %s',
    async (_, source) => {
      const [into, scratch] = await Promise.all([folders.folder(), folders.folder()]);
      const { manifest } = await exportInto(source(), into);
      expect(await proveIn(source(), into, scratch)).toEqual({
        manifest,
        differences: [],
        started: expect.stringMatching(/^mongod/),
      });
    },
    60_000,
  );

  it('says of a log without a first commit that it is empty', async () => {
    const other = databaseName();
    await client.db(other).createCollection('log_commits');
    const source = innkeeperMongodbSource({
      ...{ url, database: other, documents: 'none' as const, ...programs },
    });
    await expect(exportInto(source, await folders.folder())).rejects.toMatchObject({
      code: 'BACKUP_SOURCE_EMPTY',
    });
    await client.db(other).dropDatabase();
  });
});
