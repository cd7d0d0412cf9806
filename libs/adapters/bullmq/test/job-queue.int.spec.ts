import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { Redis } from 'ioredis';

import { Secret } from '#libs/kernel';
import { HANG_MS, describePeer } from '#libs/testing';
import { describeJobQueue, type JobQueueHarness } from '#suites/job-queue';

import { bullmqJobQueue, type BullmqJobQueue } from '../src/index.js';

describePeer('redis', 'the job queue on BullMQ', (peer) => {
  const start = async (): Promise<JobQueueHarness> => {
    const redis = await peer.start();
    const environment = randomUUID();
    const opened: BullmqJobQueue[] = [];
    const open = async () => {
      const queue = bullmqJobQueue({
        ...{ url: new Secret(redis.url), environment },
        times: { lockMs: 1_000, cancelMs: 100 },
      });
      opened.push(queue);
      return queue;
    };
    const closeAll = () => Promise.all(opened.splice(0).map((queue) => queue.close()));
    return {
      capabilities: { sharing: true, losing: true },
      patienceMs: HANG_MS,
      make: async () => {
        await closeAll();
        return open();
      },
      makeBeside: open,
      settle: () => delay(150),
      restart: () => redis.restart(),
      lose: async () => {
        const client = new Redis(redis.url);
        await client.flushall();
        client.disconnect();
      },
      dispose: async () => {
        await closeAll();
        await redis.stop();
      },
    };
  };
  describeJobQueue('held to the suite', start);
});
