import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { systemClock } from '#libs/kernel';
import { describeBus, type BusHarness } from '#suites/bus';
import { HANG_MS } from '#libs/testing';

import { SqliteDatabase, sqliteBus, type SqliteBus } from '../src/index.js';

const start = async (): Promise<BusHarness> => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-bus-'));
  const path = join(folder, 'bus.db');
  let database = new SqliteDatabase(path);
  let bus: SqliteBus | undefined;
  const close = async () => {
    await bus?.close();
    await database.close();
  };
  return {
    capabilities: {
      durable: true,
      backlog: true,
      sharing: 'one process owns the file; the data directory refuses a second',
    },
    patienceMs: HANG_MS,
    make: async () => {
      await bus?.close();
      bus = sqliteBus({ database, clock: systemClock });
      return bus;
    },
    makeBeside: async () => sqliteBus({ database, clock: systemClock }),
    settle: () => delay(30),
    restart: async () => {
      await close();
      database = new SqliteDatabase(path);
    },
    dispose: async () => {
      await close();
      await rm(folder, { recursive: true });
    },
  };
};

describeBus('the bus on SQLite', start);
