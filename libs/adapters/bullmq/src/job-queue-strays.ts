import type { Queue } from 'bullmq';

import { CLOCKS_APART_MS } from '#libs/kernel';

import type { RedisClients } from './client.js';
import { TICK, type StoredJob } from './job-queue-stored.js';

/** Delayed jobs are scored by their time and a counter in twelve bits. */
export const SCORE_PER_MS = 4096;
/** Of those that are due last; what comes behind has its turn once they are back. */
const LOOKED_AT = 100;

/**
 * A process whose clock was ahead may have put a job off for years, and as long as the job waits its key cannot be
 * enqueued again. What is due later than its own delay explains waits that delay from now on. Ticks are the
 * schedule's.
 */
export const bringBack = async (clients: RedisClients, queue: Queue<StoredJob>): Promise<void> => {
  const scored = await clients.run(() =>
    clients.asking.zrevrange(queue.toKey('delayed'), 0, LOOKED_AT - 1, 'WITHSCORES'),
  );
  for (let i = 0; i < scored.length; i += 2) {
    const dueAt = Math.floor(Number(scored[i + 1]) / SCORE_PER_MS);
    if (dueAt <= Date.now() + CLOCKS_APART_MS) return;
    const job = await clients.run(() => queue.getJob(scored[i] ?? ''));
    if (!job || job.name === TICK || dueAt <= Date.now() + job.delay + CLOCKS_APART_MS) continue;
    await clients.run(() => job.changeDelay(job.delay));
  }
};
