import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { systemClock } from '#libs/kernel';

import { SqliteDatabase, sqliteDocuments } from '../src/index.js';

const MEBIBYTE = 1024 * 1024;

describe('the space of a file of SQLite', () => {
  let folder: string;
  let path: string;
  let database: SqliteDatabase;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'innkeeper-space-'));
    path = join(folder, 'innkeeper.db');
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  const size = (): number => {
    database.truncate();
    return statSync(path).size / MEBIBYTE;
  };

  /** A generation of 45 MiB, written and dropped. */
  const fillAndDrop = async (): Promise<void> => {
    const documents = sqliteDocuments({ database, clock: systemClock });
    const collection = { name: 'records_call_1', fields: ['at'] };
    const bytes = new Uint8Array(500 * 1024);
    for (let i = 0; i < 90; i += 10)
      await documents.put(
        collection,
        Array.from({ length: 10 }, (_, j) => ({
          ...{ id: `${i + j}`, body: {}, bytes, fields: { at: i + j } },
          fence: { era: 1, position: 1 },
        })),
      );
    await documents.drop(collection);
  };

  it('goes back to the disk in steps, between which others write, down to a reserve', async () => {
    database = new SqliteDatabase(path);
    await fillAndDrop();
    expect(size()).toBeGreaterThan(40);
    let [writes, isOver] = [0, false];
    const shrinking = database.shrink().finally(() => (isOver = true));
    while (!isOver) {
      await database.write(() => undefined);
      writes++;
    }
    await shrinking;
    expect(size()).toBeLessThan(20);
    expect(writes).toBeGreaterThan(10);
    expect(database.sql('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  });

  it('stays in a file that was made before, and is used again there', async () => {
    const old = new DatabaseSync(path);
    old.exec('PRAGMA page_size = 16384; CREATE TABLE was_there (id)');
    old.close();
    database = new SqliteDatabase(path);
    await fillAndDrop();
    const before = size();
    await database.shrink();
    expect(size()).toBe(before);
    // Free pages are used again.
    await fillAndDrop();
    expect(size()).toBeLessThan(before * 1.1);
  });
});
