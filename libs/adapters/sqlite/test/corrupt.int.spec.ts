import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { allSubscriptions, allTopics, subscriptions, topics } from '#libs/contracts';
import { Secret, systemClock, utf8 } from '#libs/kernel';

import {
  sqliteBus,
  SqliteDatabase,
  sqliteDocuments,
  sqliteEventLog,
  sqliteKeys,
} from '../src/index.js';
import { MASTER_KEY } from './keys-harness.js';

const PAGE_BYTES = 16_384;
const corrupt = { code: 'STORE_CORRUPT', kind: 'misconfigured' };

describe('a damaged file of SQLite', () => {
  let folder: string;
  let path: string;
  let database: SqliteDatabase;
  const open = () => (database = new SqliteDatabase(path));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'innkeeper-corrupt-'));
    path = join(folder, 'innkeeper.db');
    open();
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  /** Garbage over every page of a table or index, as a broken disk leaves it. */
  const damage = (of: string, file = path): void => {
    const looker = new DatabaseSync(file);
    const pages = looker
      .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'")
      .all(of)
      .map(({ pageno }) => Number(pageno));
    looker.close();
    expect(pages.length).toBeGreaterThan(0);
    const handle = openSync(file, 'r+');
    for (const page of pages)
      writeSync(handle, Buffer.alloc(PAGE_BYTES, 0xa5), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
    closeSync(handle);
  };

  it('under the bus is told by whoever asks how the file is, though nobody may read a message', async () => {
    const bus = sqliteBus({ database, clock: systemClock });
    await bus.create(allTopics, allSubscriptions);
    await bus.publish(
      topics.deliveries,
      Array.from({ length: 40 }, () => ({ data: new Uint8Array(2000), attributes: {} })),
    );
    await bus.close();
    await database.close();
    damage('bus_messages');

    const later = sqliteBus({ database: open(), clock: systemClock });
    await database.answer();
    let handed = 0;
    await later.consume(subscriptions.intakeOfDeliveries, async (messages) => {
      handed += messages.length;
      return [];
    });
    await new Promise((resolve) => setImmediate(resolve));
    await expect(database.answer()).rejects.toMatchObject(corrupt);
    expect(handed).toBe(0);
    await expect(
      later.publish(topics.deliveries, [{ data: utf8('{}'), attributes: {} }]),
    ).rejects.toMatchObject(corrupt);
    await later.close();
  });

  it('under documents and the log is told by whoever reads them', async () => {
    const collection = { name: 'things', fields: [] };
    await sqliteDocuments({ database, clock: systemClock }).put(collection, [
      { id: 'one', body: 'x'.repeat(2000), fence: { era: 1, position: 1 } },
    ]);
    await sqliteEventLog({ database, clock: systemClock }).head();
    await database.close();
    damage('documents_things');
    damage('log_facts');

    const documents = sqliteDocuments({ database: open(), clock: systemClock });
    await expect(documents.get(collection, ['one'])).rejects.toMatchObject(corrupt);
    await expect(database.answer()).rejects.toMatchObject(corrupt);
    await database.close();
    const log = sqliteEventLog({ database: open(), clock: systemClock });
    await expect(log.read(0, 10)).rejects.toMatchObject({ code: 'LOG_CHAIN_BROKEN' });
    await expect(database.answer()).rejects.toMatchObject(corrupt);
  });

  it('is told at the start where it is no database any more', () => {
    const other = join(folder, 'other.db');
    writeFileSync(other, Buffer.alloc(PAGE_BYTES, 0xa5));
    expect(() => new SqliteDatabase(other)).toThrow(expect.objectContaining(corrupt));
    const keys = { path: other, masterKey: new Secret(MASTER_KEY) };
    expect(() => sqliteKeys(keys)).toThrow(expect.objectContaining(corrupt));
  });

  it('under the keys is told by whoever seals or opens', () => {
    const file = join(folder, 'keys.db');
    const options = { path: file, masterKey: new Secret(MASTER_KEY) };
    const before = sqliteKeys(options);
    const items = Array.from({ length: 50 }, (_, i) => ({ stream: `a/${i}`, plain: utf8('x') }));
    before.seal(items);
    before.close();
    damage('keys', file);
    const keys = sqliteKeys(options);
    expect(() => keys.seal(items)).toThrow(expect.objectContaining(corrupt));
    keys.close();
  });
});
