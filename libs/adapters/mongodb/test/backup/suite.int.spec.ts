import { createHash } from 'node:crypto';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll } from '@jest/globals';
import { Binary, type Db, type MongoClient } from 'mongodb';

import { innkeeperMongodbSource, keysMongodbSource, mongodbSource } from '#libs/adapters/mongodb';
import { Secret } from '#libs/kernel';
import type { BackupSource, RestoredSource } from '#libs/ports/backup-source';
import { databaseName, describePeer } from '#libs/testing';
import { backupSourceContract, type BackupSourceHarness } from '#suites/backup-source';

import { bytesIn, connect, DumpFolders, mongodProgram, systemTime } from './dumps.js';

const MARK = 'MarkOfAGuest';

interface Numbered {
  readonly _id: number;
}

describePeer('mongodb', 'sources on MongoDB', (peer) => {
  const folders = new DumpFolders();
  let client: MongoClient;
  let url: Secret;

  beforeAll(async () => {
    url = new Secret((await peer.shared()).url);
    client = await connect(url.reveal());
  }, 60_000);
  afterAll(async () => {
    await client.close();
    await folders.end();
  });

  const common = () => ({ url, mongod: mongodProgram(), clock: systemTime });

  /** Two collections that are changed together, in one transaction. */
  const harnessOf =
    (names: readonly [string, string], sourceAt: (database: string) => BackupSource) =>
    async (): Promise<BackupSourceHarness> => {
      const [name, empty] = [databaseName(), databaseName()];
      const db = client.db(name);
      for (const each of names)
        await db
          .collection<Numbered>(each)
          .insertMany(Array.from({ length: 40 }, (_, i) => commitLike(i + 1)));
      for (const each of names) await client.db(empty).createCollection(each);
      let number = 40;
      const file = ({ folder }: RestoredSource, end: string) =>
        join(folder, 'dump', name, `${names[0]}.${end}`);
      return {
        ...{ source: sourceAt(name), mark: MARK, folder: await folders.folder() },
        holds: Object.fromEntries(names.map((each) => [`${name}.${each}`, 40])),
        change: () => changeBoth(db, names, ++number),
        oneMoment: { pair: [`${name}.${names[0]}`, `${name}.${names[1]}`] },
        state: () => stateOf(db, names),
        damages: {
          'the documents are cut off': {
            says: ['FILE_DIFFERS'],
            damage: (it) => truncateSync(file(it, 'bson'), 111),
          },
          'the documents are gone': {
            says: ['FILE_MISSING'],
            damage: (it) => rmSync(file(it, 'bson')),
          },
          'the metadata is something else': {
            says: ['FILE_DIFFERS'],
            damage: (it) => writeFileSync(file(it, 'metadata.json'), '[]'),
          },
        },
        troubles: {
          BACKUP_SOURCE_EMPTY: async () => sourceAt(empty),
          BACKUP_SOURCE_MISSING: async () => sourceAt(databaseName()),
        },
        dispose: async () => {
          for (const each of [name, empty]) await client.db(each).dropDatabase();
        },
      };
    };

  const changeBoth = (db: Db, names: readonly string[], _id: number): Promise<void> =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        for (const each of names)
          await db.collection<Numbered>(each).insertOne(commitLike(_id), { session });
      }),
    );

  backupSourceContract(
    'databases of others',
    harnessOf(['givers', 'takers'], (database) =>
      mongodbSource({ name: 'chat', databases: [database], ...common() }),
    ),
  );
  backupSourceContract(
    'the log on MongoDB',
    harnessOf(['log_commits', 'documents_kept'], (database) =>
      innkeeperMongodbSource({ database, documents: { derived: () => false }, ...common() }),
    ),
  );
  backupSourceContract(
    'keys on MongoDB',
    harnessOf(['keys', 'platform'], (database) => keysMongodbSource({ database, ...common() })),
  );
});

/** What a source looks at of a commit. */
const commitLike = (_id: number) => ({
  ...{ _id, count: 1, era: 1, hash: new Binary(Buffer.alloc(32, _id)), text: MARK },
});

const stateOf = async (db: Db, names: readonly string[]): Promise<string> => {
  const hash = createHash('sha256');
  for (const each of names) for (const bytes of await bytesIn(db, each)) hash.update(bytes);
  return hash.digest('hex');
};
