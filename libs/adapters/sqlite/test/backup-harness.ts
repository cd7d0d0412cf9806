import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import {
  SqliteDatabase,
  sqliteDocuments,
  sqliteEventLog,
  sqliteInnkeeperSource,
  sqliteKeys,
  sqliteKeysSource,
} from '#libs/adapters/sqlite';
import { derivedId, Secret, systemClock, type Id } from '#libs/kernel';
import type { RestoredSource } from '#libs/ports/backup-source';
import type { Collection } from '#libs/ports/documents';
import type { BackupSourceHarness } from '#suites/backup-source';

export const versions = { innkeeper: '0.1.0', data: '1' };
export const kept: Collection = { name: 'kept', fields: [] };
export const derived: Collection = { name: 'derived_1', fields: [] };
export const isDerived = (name: string): boolean => name.startsWith('derived_');
export const DELIVERIES = 'test.deliveries.v1';
export const INTAKE = `${DELIVERIES}--intake`;
/** Stands in every kept row. */
export const MARK = 'MarkOfAGuest';
/** Stands in derived rows alone. */
export const GONE = 'GoneWithTheCopy';

const factId = (i: number): Id => derivedId(1, createHash('sha256').update(`${i}`).digest());

export const openInnkeeper = (folder: string) => {
  const path = join(folder, 'innkeeper.db');
  const database = new SqliteDatabase(path);
  const log = sqliteEventLog({ database, clock: systemClock });
  const documents = sqliteDocuments({ database, clock: systemClock });
  const source = sqliteInnkeeperSource({
    database,
    derived: isDerived,
    waitingAt: INTAKE,
    versions,
    clock: systemClock,
  });
  let number = 0;
  return {
    ...{ path, database, log, documents, source },
    async observe(count: number): Promise<void> {
      const facts = Array.from({ length: count }, () => ({
        id: factId(++number),
        stream: `call/${number}`,
        type: 'intake.call.observed.v1',
        occurredAt: 1,
        meta: '{}',
        data: JSON.stringify({ note: MARK }),
      }));
      await log.observe(facts);
    },
    /** One kept document and one fact in one write: both are asked for in one turn of the event loop. */
    async change(): Promise<void> {
      const id = `changed-${++number}`;
      await Promise.all([documents.swap(kept, { id, body: { note: MARK } }, 0), this.observe(1)]);
    },
  };
};

/** The last page becomes one that SQLite never wrote. */
const spoilEnd = (path: string): void => {
  const bytes = readFileSync(path);
  bytes.fill(0xee, bytes.length - 16_384);
  writeFileSync(path, bytes);
};

const digestOfFile = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

const damaged = (file: string) => ({
  'the file cut in half': {
    says: ['DATABASE_NOT_STARTED'] as const,
    damage: ({ folder }: RestoredSource) =>
      truncateSync(
        join(folder, file),
        Math.floor(statSync(join(folder, file)).size / 32_768) * 16_384,
      ),
  },
  'no file': {
    says: ['FILE_MISSING'] as const,
    damage: ({ folder }: RestoredSource) => rmSync(join(folder, file)),
  },
  'another file': {
    says: ['DATABASE_NOT_STARTED'] as const,
    damage: ({ folder }: RestoredSource) => writeFileSync(join(folder, file), randomBytes(100_000)),
  },
  'one byte behind the last row': {
    says: ['FILE_DIFFERS'] as const,
    damage: ({ folder }: RestoredSource) => {
      const bytes = readFileSync(join(folder, file));
      bytes[96] = (bytes[96] ?? 0) ^ 1;
      writeFileSync(join(folder, file), bytes);
    },
  },
});

const inDatabase =
  (file: string, sql: string) =>
  ({ folder }: RestoredSource): void => {
    const database = new DatabaseSync(join(folder, file));
    database.exec(sql);
    database.close();
  };

export const innkeeperHarness = async (): Promise<BackupSourceHarness> => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-backup-'));
  const open = openInnkeeper(folder);
  const closing: (() => Promise<void>)[] = [];
  await open.observe(50);
  for (let i = 0; i < 20; i++)
    await open.documents.swap(kept, { id: `k${i}`, body: { note: MARK } }, 0);
  for (let i = 0; i < 20; i++)
    await open.documents.swap(derived, { id: `d${i}`, body: { note: GONE } }, 0);
  return {
    source: open.source,
    // The first fact of a log is that it begins.
    holds: { log_facts: 51, kept: 20 },
    folder,
    mark: MARK,
    change: () => open.change(),
    oneMoment: { pair: ['log_facts', 'kept'] },
    state: () => Promise.resolve(digestOfFile(open.path) + digestOfFile(`${open.path}-wal`)),
    damages: {
      ...damaged('innkeeper.db'),
      'a fact that is gone': {
        says: ['FILE_DIFFERS', 'COUNT_DIFFERS'],
        damage: inDatabase('innkeeper.db', 'DELETE FROM log_facts WHERE position = 7'),
      },
      'a document that says something else': {
        says: ['FILE_DIFFERS', 'CHECKSUM_DIFFERS'],
        damage: inDatabase('innkeeper.db', `UPDATE documents_kept SET body = '{}' WHERE id = 'k3'`),
      },
      'a table more': {
        says: ['COUNT_DIFFERS'],
        damage: inDatabase('innkeeper.db', 'CREATE TABLE more (a); INSERT INTO more VALUES (1)'),
      },
    },
    troubles: {
      BACKUP_SOURCE_UNREADABLE: async () => {
        const place = mkdtempSync(join(folder, 'damaged-'));
        const before = openInnkeeper(place);
        await before.observe(200);
        await before.database.close();
        spoilEnd(before.path);
        const { database, source } = openInnkeeper(place);
        closing.push(() => database.close());
        return source;
      },
    },
    dispose: async () => {
      for (const close of closing) await close();
      await open.database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const openKeys = (
  path: string,
  masterKey = new Secret<Uint8Array>(new Uint8Array(randomBytes(32))),
) => {
  const keys = sqliteKeys({ path, masterKey });
  return { masterKey, keys, source: sqliteKeysSource({ keys, versions, clock: systemClock }) };
};

export const keysHarness = async (): Promise<BackupSourceHarness> => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-backup-'));
  const path = join(folder, 'keys.db');
  const { keys, source } = openKeys(path);
  const closing: (() => void)[] = [];
  const plain = Buffer.from(MARK);
  const seal = (...streams: readonly string[]) =>
    keys.seal(streams.map((stream) => ({ stream, plain })));
  seal(...Array.from({ length: 30 }, (_, i) => `guest/${MARK}${i}`));
  await keys.destroy([`guest/${MARK}0`, `guest/${MARK}1`], 5);
  let number = 0;
  return {
    source,
    holds: { keys: 30, tombstones: 2 },
    folder,
    mark: MARK,
    // A destroyed key is a slot of zeros and a tombstone, in one write.
    change: () => keys.destroy([`guest/changed-${++number}`], number),
    oneMoment: { pair: ['keys', 'tombstones'] },
    state: () => Promise.resolve(digestOfFile(path) + digestOfFile(`${path}-wal`)),
    damages: {
      ...damaged('keys.db'),
      'a tombstone that is gone': {
        says: ['FILE_DIFFERS', 'COUNT_DIFFERS'],
        damage: inDatabase('keys.db', `DELETE FROM tombstones WHERE stream = 'guest/${MARK}1'`),
      },
      'a key of another stream': {
        says: ['FILE_DIFFERS', 'CHECKSUM_DIFFERS'],
        damage: inDatabase('keys.db', 'UPDATE keys SET wrapped = randomblob(72) WHERE slot = 9'),
      },
    },
    troubles: {
      BACKUP_SOURCE_UNREADABLE: () => {
        const place = join(folder, 'damaged.db');
        const before = openKeys(place);
        before.keys.seal(Array.from({ length: 500 }, (_, i) => ({ stream: `a/${i}`, plain })));
        before.keys.close();
        spoilEnd(place);
        const after = openKeys(place, before.masterKey);
        closing.push(() => after.keys.close());
        return Promise.resolve(after.source);
      },
    },
    dispose: () => {
      for (const close of closing) close();
      keys.close();
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
};
