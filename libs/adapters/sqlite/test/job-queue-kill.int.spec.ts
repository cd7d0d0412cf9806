import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { systemClock } from '#libs/kernel';
import { HANG_MS, bundleProgram, removeProgram, RunningProgram } from '#libs/testing';
import { declareKind, jobs, Worker } from '#suites/job-queue';

import { SqliteDatabase, sqliteJobQueue } from '../src/index.js';

describe('the job queue on SQLite, killed with -9', () => {
  const kind = declareKind();
  let folder: string;
  let program: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-jobs-kill-'));
    program = await bundleProgram(new URL('./hang-in-job.ts', import.meta.url));
  });
  afterAll(async () => {
    await removeProgram(program);
    await rm(folder, { recursive: true });
  });

  const open = (path: string) => {
    const database = new SqliteDatabase(path);
    const queue = sqliteJobQueue({ database, clock: systemClock });
    const close = async () => {
      await queue.close();
      await database.close();
    };
    return { queue, close };
  };

  it('runs again what ran, as the next attempt, and once what waits', async () => {
    const path = join(folder, 'jobs.db');
    const before = open(path);
    await before.queue.enqueue(kind, jobs('first'));
    await before.queue.enqueue(kind, [{ key: 'second', afterMs: 1 }]);
    await before.close();
    const child = new RunningProgram(program, [path, JSON.stringify(kind)]);
    expect(await child.line()).toBe('first 1');
    child.child.kill('SIGKILL');
    await once(child.child, 'exit');
    const after = open(path);
    const worker = await Worker.start({ patienceMs: HANG_MS }, after.queue, kind);
    await worker.untilRan('first', 'second');
    await after.close();
    expect(worker.seen.map(({ key, attempt }) => `${key} ${attempt}`).sort()).toEqual([
      'first 2',
      'second 1',
    ]);
  });
});
