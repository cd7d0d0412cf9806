import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { SqliteDatabase, sqliteEventLog } from '#libs/adapters/sqlite';
import { systemClock } from '#libs/kernel';
import { itNeeding } from '#libs/testing';
import { draft, drafts, readAll, type Log } from '#suites/event-log';

const filler = 'x'.repeat(60_000);

/** Appends until the disk refuses; gives how many facts were answered. */
const fillUp = async (log: Log, name: string): Promise<number> => {
  for (let i = 0; i < 10_000; i++) {
    const outcome = await log
      .observe([await draft(`${name}/${i}`, { data: `{"x":"${filler}"}` })])
      .catch((error: unknown) => error);
    if (Array.isArray(outcome)) continue;
    expect(outcome).toMatchObject({ code: 'STORE_FULL' });
    return i;
  }
  throw new Error('the disk never filled up');
};

describe('a full disk under the log on SQLite', () => {
  let folder: string;
  let mounted = false;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'innkeeper-log-'));
  });
  afterEach(() => {
    if (mounted) execFileSync('umount', [folder]);
    mounted = false;
    rmSync(folder, { recursive: true });
  });

  it('answers STORE_FULL, keeps what it answered, and works again with more room', async () => {
    const database = new SqliteDatabase(join(folder, 'innkeeper.db'));
    const log = sqliteEventLog({ database, clock: systemClock });
    await log.observe(await drafts('before', 3));
    database.exec('PRAGMA max_page_count = 40');
    const kept = 3 + (await fillUp(log, 'fill'));
    const together = await Promise.allSettled([
      log.observe(await drafts('full/a', 1500)),
      log.decide('run/1', 0, await drafts('full/b', 1500, { stream: 'run/1' })),
    ]);
    for (const each of together)
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'STORE_FULL' } });
    expect(await readAll(log, 1)).toHaveLength(kept);
    database.exec('PRAGMA max_page_count = 4000');
    expect(await log.observe(await drafts('full/a', 1500))).toHaveLength(1500);
    expect((await log.head()).position).toBe(1 + kept + 1500);
    await database.close();
  });

  it('begins a log when there is room at last', async () => {
    const database = new SqliteDatabase(join(folder, 'innkeeper.db'));
    database.exec('PRAGMA max_page_count = 1');
    const log = sqliteEventLog({ database, clock: systemClock });
    await expect(log.observe(await drafts('a', 1))).rejects.toMatchObject({ code: 'STORE_FULL' });
    await expect(log.head()).rejects.toMatchObject({ code: 'STORE_FULL' });
    database.exec('PRAGMA max_page_count = 4000');
    expect(await log.observe(await drafts('a', 1))).toEqual([{ outcome: 'appended', position: 2 }]);
    await database.close();
  });

  const tmpfs = {
    name: 'root',
    met: process.getuid?.() === 0,
    reason: 'mounting needs root',
    howToGet: 'run as root',
  };

  itNeeding(tmpfs, 'survives a file system that is really full', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
    mounted = true;
    const path = join(folder, 'innkeeper.db');
    let database = new SqliteDatabase(path);
    let log = sqliteEventLog({ database, clock: systemClock });
    await log.observe(await drafts('before', 3));
    const kept = 3 + (await fillUp(log, 'fill'));
    expect(await readAll(log, 1)).toHaveLength(kept);
    execFileSync('mount', ['-o', 'remount,size=16m', folder]);
    expect(await log.observe(await drafts('after', 50))).toHaveLength(50);
    await database.close();
    database = new SqliteDatabase(path);
    log = sqliteEventLog({ database, clock: systemClock });
    expect(await readAll(log, 1)).toHaveLength(kept + 50);
    await database.close();
  });
});
