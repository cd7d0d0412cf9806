import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { systemClock } from '#libs/kernel';
import { describeJobQueue, type JobQueueHarness } from '#suites/job-queue';
import { HANG_MS } from '#libs/testing';

import { SqliteDatabase, sqliteJobQueue, type SqliteJobQueue } from '../src/index.js';

const start = async (): Promise<JobQueueHarness> => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-jobs-'));
  const path = join(folder, 'jobs.db');
  let database = new SqliteDatabase(path);
  let queue: SqliteJobQueue | undefined;
  const close = async () => {
    await queue?.close();
    await database.close();
  };
  return {
    capabilities: {
      sharing: 'one process owns the file; the data directory refuses a second',
      losing: 'the process that works on the file is the only one that writes it',
    },
    patienceMs: HANG_MS,
    make: async () => {
      await queue?.close();
      queue = sqliteJobQueue({ database, clock: systemClock });
      return queue;
    },
    makeBeside: async () => sqliteJobQueue({ database, clock: systemClock }),
    settle: () => delay(60),
    restart: async () => {
      await close();
      database = new SqliteDatabase(path);
    },
    lose: () => Promise.reject(new Error('nobody else can empty the file')),
    dispose: async () => {
      await close();
      await rm(folder, { recursive: true });
    },
  };
};

describeJobQueue('the job queue on SQLite', start);
