import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';

import { Secret } from '#libs/kernel';
import { describePeer, type RedisServer } from '#libs/testing';
import { again, declareKind, done, eventually, Worker } from '#suites/job-queue';

import { bullmqJobQueue, type BullmqJobQueue } from '../src/index.js';

const HOUR = 3_600_000;
const harness = { patienceMs: 30_000 };

describePeer('redis', 'the job queue on BullMQ, after a clock that was in 2036', (peer) => {
  const kind = declareKind();
  let redis: RedisServer;
  let queue: BullmqJobQueue;

  beforeAll(async () => void (redis = await peer.start()), 60_000);
  afterAll(() => redis.stop());
  beforeEach(() => {
    queue = bullmqJobQueue({
      ...{ url: new Secret(redis.url), environment: randomUUID() },
      times: { strayMs: 100 },
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await queue.close();
  });

  const whileWrong = async (work: () => Promise<void>): Promise<void> => {
    const { now } = Date;
    const ahead = Date.UTC(2036, 0, 1) - now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now.call(Date) + ahead);
    await work();
    clock.mockRestore();
  };

  it('ticks again within one period, once the schedule is told again', async () => {
    const schedule = { key: 'tick', everyMs: 1_000 };
    await whileWrong(() => queue.schedule(kind, schedule));
    await queue.schedule(kind, schedule);
    const worker = await Worker.start(harness, queue, kind);
    await worker.until('for two ticks', () => worker.times('tick') >= 2);
  }, 60_000);

  it('runs what was asked for after the wait that was asked for', async () => {
    await whileWrong(() => queue.enqueue(kind, [{ key: 'once', afterMs: 2_000 }]));
    const worker = await Worker.start(harness, queue, kind);
    await worker.untilRan('once');
  }, 60_000);

  it('lets a repetition wait as long as it was to, and not for years', async () => {
    const worker = await Worker.start(harness, queue, kind, () =>
      worker.times('long') > 1 ? done : again(HOUR),
    );
    const dueAt = async () => (await queue.look(kind, ['long']))[0]?.dueAt ?? 0;
    await whileWrong(async () => {
      await queue.enqueue(kind, [{ key: 'long' }]);
      await worker.untilRan('long');
      const isPutOff = (at: number) => at > Date.UTC(2036, 0, 1) + HOUR / 2;
      await eventually(harness, dueAt, isPutOff);
    });
    const due = await eventually(harness, dueAt, (at) => at < Date.now() + HOUR + 60_000);
    expect(due).toBeGreaterThan(Date.now() + HOUR / 2);
  }, 60_000);
});
