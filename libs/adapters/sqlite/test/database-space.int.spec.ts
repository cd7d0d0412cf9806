import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

  /** A generation of so many times half a MiB, written and dropped. */
  const fillAndDrop = async (count = 180): Promise<void> => {
    const documents = sqliteDocuments({ database, clock: systemClock });
    const collection = { name: 'records_call_1', fields: ['at'] };
    const bytes = new Uint8Array(500 * 1024);
    for (let i = 0; i < count; i += 10)
      await documents.put(
        collection,
        Array.from({ length: 10 }, (_, j) => ({
          ...{ id: `${i + j}`, body: {}, bytes, fields: { at: i + j } },
          fence: { era: 1, position: 1 },
        })),
      );
    await documents.drop(collection);
  };

  it('goes back to the disk at a start, where it is much', async () => {
    database = new SqliteDatabase(path);
    await database.write(() => database.exec('CREATE TABLE stays (id)'));
    await fillAndDrop();
    const before = size();
    expect(before).toBeGreaterThan(80);
    await database.close();
    database = new SqliteDatabase(path);
    database.compact();
    expect(size()).toBeLessThan(2);
    expect(database.sql('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    expect(database.sql(`SELECT name FROM sqlite_schema WHERE name = 'stays'`).get()).toBeDefined();
  });

  it('is used again until then, and stays where it is little', async () => {
    database = new SqliteDatabase(path);
    await fillAndDrop(20);
    const before = size();
    await fillAndDrop(20);
    expect(size()).toBeLessThan(before * 1.1);
    database.compact();
    expect(size()).toBeGreaterThan(before * 0.9);
  });
});
