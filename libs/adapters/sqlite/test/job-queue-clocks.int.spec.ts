import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ManualClock } from '#libs/testing';
import {
  again,
  declareKind,
  done,
  eventually,
  later,
  Worker,
  type Decide,
} from '#suites/job-queue';

import { SqliteDatabase, sqliteJobQueue, type SqliteJobQueue } from '../src/index.js';

const HOUR = 3_600_000;

describe.each([
  ['ahead in 2036', Date.UTC(2036, 0, 1)],
  ['behind in 1970', 0],
])('the job queue on SQLite, after a clock that was %s', (_, wrong) => {
  const kind = declareKind();
  let clock: ManualClock;
  let database: SqliteDatabase;
  let queue: SqliteJobQueue;

  beforeEach(() => {
    clock = new ManualClock();
    database = new SqliteDatabase(':memory:');
    queue = sqliteJobQueue({ database, clock });
  });
  afterEach(async () => {
    await queue.close();
    await database.close();
  });

  const whileWrong = async (work: () => Promise<void>): Promise<void> => {
    const away = wrong - clock.now();
    clock.pass(away);
    await work();
    clock.pass(-away);
  };
  /** The queue looks once a second; from then on nothing waits longer than it was asked to. */
  const noticed = async (): Promise<void> => {
    const latest = async (): Promise<number> => {
      const text =
        'SELECT max(at) AS at FROM (SELECT due_at AS at FROM jobs UNION ALL SELECT next_at FROM job_schedules)';
      return Number(database.sql(text).get()?.['at'] ?? 0);
    };
    await eventually({ patienceMs: 10_000 }, latest, (at) => at <= clock.now() + HOUR);
  };
  const worker = (decide: Decide = () => done) =>
    Worker.start({ patienceMs: 10_000 }, queue, kind, decide);

  it('ticks again within one period', async () => {
    const working = await worker();
    await whileWrong(async () => {
      await queue.schedule(kind, { key: 'tick', everyMs: HOUR });
      await working.untilRan('tick');
    });
    await noticed();
    clock.pass(HOUR);
    await working.until('for the tick by the right clock', () => working.times('tick') >= 2);
  });

  it('runs what was asked for after the wait that was asked for', async () => {
    await whileWrong(() => queue.enqueue(kind, [{ key: 'once', afterMs: HOUR }]));
    const working = await worker();
    await noticed();
    clock.pass(HOUR);
    await working.untilRan('once');
  });

  it.each([
    ['failed', again(HOUR)],
    ['is not over', later(HOUR)],
  ])('runs again what %s meanwhile', async (_name, outcome) => {
    const working = await worker(() => (working.times('long') > 1 ? done : outcome));
    await whileWrong(async () => {
      await queue.enqueue(kind, [{ key: 'long' }]);
      await working.untilRan('long');
      while ((await queue.look(kind, ['long']))[0]?.state !== 'waiting')
        await new Promise(setImmediate);
    });
    await noticed();
    clock.pass(HOUR);
    await working.until('for the repetition', () => working.times('long') >= 2);
  });

  it('runs once more what was asked for while it ran', async () => {
    const running = Promise.withResolvers<void>();
    const working = await worker(async () => {
      await running.promise;
      return done;
    });
    await whileWrong(async () => {
      await queue.enqueue(kind, [{ key: 'busy' }]);
      await working.untilRan('busy');
      await queue.enqueue(kind, [{ key: 'busy', afterMs: HOUR }]);
    });
    running.resolve();
    await noticed();
    clock.pass(HOUR);
    await working.until('for the second run', () => working.times('busy') === 2);
  });
});

describe('a job queue of before, without the time at which a due time was computed', () => {
  it('is opened, and runs what waited there', async () => {
    const database = new SqliteDatabase(':memory:');
    database.exec(`CREATE TABLE jobs (
      id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL,
      due_at INTEGER NOT NULL, attempt INTEGER NOT NULL, running INTEGER NOT NULL,
      next_due INTEGER, progress TEXT, UNIQUE (kind, key)) STRICT`);
    const kind = declareKind();
    database
      .sql('INSERT INTO jobs (kind, key, data, due_at, attempt, running) VALUES (?, ?, ?, ?, 1, 0)')
      .run(kind.name, 'old', '{}', Date.UTC(2036, 0, 1));
    const queue = sqliteJobQueue({ database, clock: new ManualClock() });
    const working = await Worker.start({ patienceMs: 10_000 }, queue, kind);
    await working.untilRan('old');
    await queue.close();
    await database.close();
    expect(working.ran).toEqual(['old']);
  });
});
