import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, jest } from '@jest/globals';

import { SqliteDatabase, sqliteLeases } from '#libs/adapters/sqlite';
import { leasesContract, manualClock, type LeasesHarness } from '#suites/documents';

const onOneFile = (): Promise<LeasesHarness> => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-leases-'));
  const clock = manualClock(0);
  const open = () => new SqliteDatabase(join(folder, 'innkeeper.db'));
  let database = open();
  return Promise.resolve({
    make: () => Promise.resolve(sqliteLeases({ database, clock })),
    pass: (ms) => Promise.resolve(clock.forward(ms)),
    restart: async () => {
      await database.close();
      database = open();
    },
    dispose: async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  });
};

leasesContract('leases on SQLite', onOneFile, {
  outlives: { not: 'the one process that owns the file has ended, and every holder with it' },
});

describe('leases on SQLite, beside the suite', () => {
  it('does not care when the wall clock is set by ten minutes', async () => {
    const database = new SqliteDatabase(':memory:');
    const leases = sqliteLeases({ database });
    await leases.acquire('a', 'one', 60_000);
    const wall = jest.spyOn(Date, 'now');
    for (const minutes of [10, -10]) {
      wall.mockReturnValue(new Date().getTime() + minutes * 60_000);
      expect(await leases.acquire('a', 'two', 60_000)).toBeUndefined();
      expect(await leases.renew('a', 'one', 1, 60_000)).toBe(true);
    }
    wall.mockRestore();
    await database.close();
  });

  it('keeps the lease with its holder when the disk was full for the next term', async () => {
    const database = new SqliteDatabase(':memory:');
    const leases = sqliteLeases({ database });
    await leases.acquire('a', 'one', 60_000);
    const write = jest.spyOn(database, 'write').mockRejectedValue(new Error('full'));
    await expect(leases.acquire('a', 'one', 60_000)).rejects.toThrow('full');
    await expect(leases.acquire('b', 'one', 60_000)).rejects.toThrow('full');
    write.mockRestore();
    expect(await leases.renew('a', 'one', 1, 60_000)).toBe(true);
    expect(await leases.acquire('b', 'two', 60_000)).toMatchObject({ term: 1 });
    await database.close();
  });
});
