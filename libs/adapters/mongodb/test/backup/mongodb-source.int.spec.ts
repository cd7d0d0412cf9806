import { readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BSON, Timestamp, type Db, type MongoClient } from 'mongodb';
import { DocumentSequence } from 'mongodb/lib/cmap/commands.js';

import { mongodbSource } from '#libs/adapters/mongodb';
import { Secret, systemClock } from '#libs/kernel';
import type { BackupManifest } from '#libs/ports/backup-source';
import { databaseName, describePeer } from '#libs/testing';

import { bytesIn, connect, DumpFolders, exportInto, mongodProgram, proveIn } from './dumps.js';

/** What an object of JavaScript does not keep: keys that are numbers move to the front, doubled ones become one. */
const oddDocuments = (): readonly Uint8Array[] => {
  const numbers = BSON.serialize(
    new Map<string, unknown>([
      ['_id', 1],
      ['b', 1],
      ['1', 2],
    ]),
  );
  const doubled = Buffer.from(
    BSON.serialize(
      new Map([
        ['_id', 2],
        ['x', 1],
        ['y', 2],
      ]),
    ),
  );
  doubled[doubled.indexOf('y')] = 'x'.charCodeAt(0);
  const types = BSON.serialize({
    _id: 3,
    double: new BSON.Double(1),
    long: BSON.Long.fromNumber(1),
    decimal: BSON.Decimal128.fromString('1.10'),
    zero: new BSON.Double(-0),
    time: new Timestamp({ t: 5, i: 6 }),
    expression: new BSON.BSONRegExp('a', 'im'),
    least: new BSON.MinKey(),
    code: new BSON.Code('x', { y: 1 }),
  });
  return [numbers, doubled, types];
};

const insertBytes = async (db: Db, into: string, documents: readonly Uint8Array[]) => {
  const sequence = new DocumentSequence('documents');
  for (const document of documents) sequence.push({}, document);
  await db.command({ insert: into, documents: sequence });
};

const fill = async (db: Db): Promise<void> => {
  await insertBytes(db, 'odd', oddDocuments());
  const messages = Array.from({ length: 500 }, (_, i) => ({
    _id: `m${i}`,
    room: i % 7,
    text: 'x',
  }));
  await db.collection<{ _id: string }>('messages').insertMany(messages);
  await db.collection('messages').createIndex({ room: 1, text: -1 }, { name: 'by room' }, {});
  await db.collection('messages').createIndex({ text: 'text' }, {}, {});
  await db.createCollection('a/b %ü', { collation: { locale: 'de', strength: 1 } });
  await db.collection('a/b %ü').insertOne({ umlaut: 'ü' });
  await db.createCollection('places', { clusteredIndex: { key: { _id: 1 }, unique: true } });
  await db.collection<{ _id: number }>('places').insertMany([{ _id: 2 }, { _id: 1 }]);
  await db.createCollection('readings', { timeseries: { timeField: 'at', metaField: 'of' } });
  await db.collection('readings').insertMany([{ at: new Date(0), of: 'a', value: 1 }]);
  await db.collection('readings').createIndex({ of: 1, at: 1 }, {}, {});
  await db.createCollection('last', { capped: true, size: 8192 });
  await db.collection<{ _id: number }>('last').insertMany([{ _id: 9 }, { _id: 4 }, { _id: 6 }]);
  await db.createCollection('nothing', { validator: { must: { $exists: true } } });
  await db.createCollection('room 1', { viewOn: 'messages', pipeline: [{ $match: { room: 1 } }] });
};

describePeer('mongodb', 'databases of others as a source', (peer) => {
  const folders = new DumpFolders();
  const name = databaseName();
  let client: MongoClient;
  let url: string;
  let exported: string;
  let scratch: string;
  let manifest: BackupManifest;

  const sourceOf = (databases: readonly string[], mongod = mongodProgram()) =>
    mongodbSource({ name: 'chat', url: new Secret(url), databases, mongod, clock: systemClock });

  beforeAll(async () => {
    ({ url } = await peer.shared());
    client = await connect(url);
    await fill(client.db(name));
    [exported, scratch] = [await folders.folder(), await folders.folder()];
  }, 60_000);
  afterAll(async () => {
    await client.db(name).dropDatabase();
    await client.close();
    await folders.end();
  });

  /** A copy of its own for a test that damages it. */
  const exportAgain = async (): Promise<string> => {
    const folder = await folders.folder();
    await exportInto(sourceOf([name]), folder);
    return folder;
  };
  const dumped = (folder: string, file: string): string => join(folder, 'dump', name, file);

  it('writes every collection in the layout of mongodump', async () => {
    const result = await exportInto(sourceOf([name]), exported);
    ({ manifest } = result);
    expect(await readdir(join(exported, 'dump', name))).toEqual([
      'a%2Fb%20%25%C3%BC.bson',
      'a%2Fb%20%25%C3%BC.metadata.json',
      'last.bson',
      'last.metadata.json',
      'messages.bson',
      'messages.metadata.json',
      'nothing.bson',
      'nothing.metadata.json',
      'odd.bson',
      'odd.metadata.json',
      'places.bson',
      'places.metadata.json',
      'readings.metadata.json',
      'room%201.metadata.json',
      'system.buckets.readings.bson',
    ]);
    const written = await readFile(dumped(exported, 'messages.metadata.json'), 'utf8');
    expect(BSON.EJSON.parse(written)).toMatchObject({
      collectionName: 'messages',
      type: 'collection',
      uuid: expect.stringMatching(/^[0-9a-f]{32}$/),
      indexes: [{ name: '_id_' }, { name: 'by room', key: { room: 1, text: -1 } }, {}],
    });
    expect(result.paths).toEqual([exported]);
    expect(result.warnings).toEqual([{ code: 'NOT_OF_THE_MOMENT', detail: `of=${name}.last` }]);
  });

  it('says in its manifest what it holds, of which moment', () => {
    expect(manifest).toMatchObject({
      ...{ format: 1, source: 'chat', kind: 'mongodb', files: 15 },
      position: { at: 'cluster_time', seconds: expect.any(Number) },
      versions: { mongod: expect.stringMatching(/^\d/), driver: expect.stringMatching(/^\d/) },
      counts: { [`${name}.messages`]: 500, [`${name}.nothing`]: 0, [`${name}.odd`]: 3 },
    });
    expect(Object.keys(manifest.checksums)).toEqual(Object.keys(manifest.counts));
  });

  it('keeps the very bytes of each document', async () => {
    const file = await readFile(dumped(exported, 'odd.bson'));
    expect(file).toEqual(Buffer.concat(await bytesIn(client.db(name), 'odd')));
    expect(file).toEqual(Buffer.concat(oddDocuments()));
  });

  it('proves the copy on a server of its own', async () => {
    const proof = await proveIn(sourceOf([name]), exported, scratch);
    expect(proof).toEqual({
      manifest,
      differences: [],
      started: expect.stringMatching(/^mongod \d/),
    });
  }, 60_000);

  it('reads the files where there is no program to start, and does not say it started one', async () => {
    const proof = await proveIn(sourceOf([name], 'no-such-mongod'), exported, scratch);
    expect(proof).toEqual({ manifest, differences: [] });
  });

  it('says so when the program does not become a server', async () => {
    const broken = join(scratch, '..', `${name}.sh`);
    await writeFile(
      broken,
      '#!/bin/sh\n[ "$1" = --version ] && echo "db version v9.9.9" || exit 1\n',
      {
        mode: 0o700,
      },
    );
    const { differences, started } = await proveIn(sourceOf([name], broken), exported, scratch);
    await rm(broken);
    expect(differences).toEqual([{ code: 'DATABASE_NOT_STARTED', detail: 'mongod' }]);
    expect(started).toBeUndefined();
  });

  it.each([
    [
      'cut off',
      (folder: string) => truncate(dumped(folder, 'messages.bson'), 1000),
      [{ code: 'FILE_DIFFERS', detail: expect.stringMatching(/messages byte=\d+$/) }],
    ],
    [
      'changed in one letter',
      async (folder: string) => {
        const file = dumped(folder, 'messages.bson');
        const bytes = await readFile(file);
        bytes[bytes.lastIndexOf('x\0')] = 'y'.charCodeAt(0);
        await writeFile(file, bytes);
      },
      [{ code: 'CHECKSUM_DIFFERS', detail: `of=${name}.messages` }],
    ],
    [
      'short of a document',
      async (folder: string) => {
        const file = dumped(folder, 'places.bson');
        await writeFile(file, (await readFile(file)).subarray(14));
      },
      [{ code: 'COUNT_DIFFERS', detail: `of=${name}.places wanted=2 found=1` }],
    ],
    [
      'without a file',
      (folder: string) => rm(dumped(folder, 'odd.bson')),
      [{ code: 'FILE_MISSING', detail: `of=${name}.odd documents` }],
    ],
    [
      'without a collection',
      async (folder: string) => {
        await rm(dumped(folder, 'odd.bson'));
        await rm(dumped(folder, 'odd.metadata.json'));
      },
      [{ code: 'FILE_MISSING', detail: `of=${name}.odd` }],
    ],
    [
      'with metadata that says nothing',
      (folder: string) => truncate(dumped(folder, 'places.metadata.json'), 20),
      [
        { code: 'FILE_DIFFERS', detail: `metadata=${name}/places.metadata.json` },
        { code: 'FILE_MISSING', detail: `of=${name}.places` },
      ],
    ],
    [
      'without a manifest',
      (folder: string) => rm(join(folder, 'manifest.json')),
      [{ code: 'MANIFEST_UNREADABLE', detail: 'source=chat' }],
    ],
  ])(
    'names what differs in a copy that is %s',
    async (_, damage, differences) => {
      const folder = await exportAgain();
      await damage(folder);
      const byServer = await proveIn(sourceOf([name]), folder, scratch);
      expect(byServer.differences).toEqual(differences);
      const byFiles = await proveIn(sourceOf([name], 'no-such-mongod'), folder, scratch);
      expect(byFiles.differences).toEqual(differences);
    },
    60_000,
  );

  it('tells a database that is not there from one without documents', async () => {
    const empty = databaseName();
    await client.db(empty).createCollection('nothing');
    const of = (database: string) =>
      folders.folder().then((into) => exportInto(sourceOf([database]), into));
    await expect(of(empty)).rejects.toMatchObject({ code: 'BACKUP_SOURCE_EMPTY' });
    await client.db(empty).dropDatabase();
    await expect(of(empty)).rejects.toMatchObject({
      code: 'BACKUP_SOURCE_MISSING',
      details: { of: empty },
    });
  });
});
