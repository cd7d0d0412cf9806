import { randomUUID } from 'node:crypto';
import { once } from 'node:events';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { Secret } from '#libs/kernel';
import {
  HANG_MS,
  bundleProgram,
  describePeer,
  removeProgram,
  RunningProgram,
  type RedisServer,
} from '#libs/testing';
import { declareKind, done, eventually, gate, jobs, stopped, Worker } from '#suites/job-queue';

import { bullmqJobQueue, type BullmqJobQueue } from '../src/index.js';

const patience = { patienceMs: HANG_MS };
const hangInJob = new URL('./programs/hang-in-job.ts', import.meta.url);

describePeer('redis', 'the job queue on BullMQ, while Redis or a process is away', (peer) => {
  let redis: RedisServer;
  let program: string;
  const environment = randomUUID();
  const opened: BullmqJobQueue[] = [];

  const open = (url = redis.url) => {
    const queue = bullmqJobQueue({
      ...{ url: new Secret(url), environment, timeoutMs: 1_000 },
      times: { lockMs: 1_000, cancelMs: 100, closeMs: 500 },
    });
    opened.push(queue);
    return queue;
  };

  beforeAll(async () => {
    redis = await peer.start();
    program = await bundleProgram(hangInJob);
  });
  afterAll(async () => {
    await Promise.all(opened.map((queue) => queue.close()));
    await redis.stop();
    await removeProgram(program);
  });

  const isBack = (queue: BullmqJobQueue) =>
    eventually(
      patience,
      () =>
        queue.ping().then(
          () => true,
          () => false,
        ),
      Boolean,
    );

  it('says that Redis is away, and goes on with the same workers once it is back', async () => {
    const queue = open();
    const kind = declareKind();
    const worker = await Worker.start(patience, queue, kind);
    await queue.enqueue(kind, [{ key: 'kept', afterMs: 300 }, ...jobs('before')]);
    await worker.untilRan('before');
    await redis.kill();
    const away = { code: 'JOB_QUEUE_UNAVAILABLE' };
    await expect(queue.enqueue(kind, jobs('during'))).rejects.toMatchObject(away);
    await expect(queue.look(kind, ['kept'])).rejects.toMatchObject(away);
    await expect(queue.ping()).rejects.toMatchObject(away);
    await redis.restart();
    await worker.untilRan('kept');
    await isBack(queue);
    await queue.enqueue(kind, jobs('after'));
    await worker.untilRan('after');
    expect(worker.ran).toEqual(['before', 'kept', 'after']);
  });

  it('takes a Redis that is silent for one that is away, and closes all the same', async () => {
    const queue = open();
    const kind = declareKind();
    const { passed, open: pass } = gate();
    const worker = await Worker.start(patience, queue, kind, async () => {
      await passed;
      return done;
    });
    await queue.enqueue(kind, jobs('in hand'));
    await worker.untilRan('in hand');
    redis.freeze();
    try {
      await expect(queue.enqueue(kind, jobs('during'))).rejects.toMatchObject({
        code: 'JOB_QUEUE_UNAVAILABLE',
      });
      const closing = queue.close();
      pass();
      await closing;
    } finally {
      redis.thaw();
    }
    const other = open();
    await isBack(other);
    const next = await Worker.start(patience, other, kind);
    await next.untilRan('in hand');
    expect(next.seen.find(({ key }) => key === 'in hand')?.attempt).toBe(2);
  });

  it('starts while Redis is away, and works without a restart once it is there', async () => {
    const { port } = redis;
    await redis.kill();
    const queue = open(`redis://127.0.0.1:${port}`);
    const kind = declareKind();
    const worker = await Worker.start(patience, queue, kind);
    await expect(queue.enqueue(kind, jobs('early'))).rejects.toMatchObject({
      code: 'JOB_QUEUE_UNAVAILABLE',
    });
    await redis.restart();
    await isBack(queue);
    await queue.enqueue(kind, jobs('key'));
    await worker.untilRan('key');
  });

  it('runs a job again elsewhere whose process was killed with -9, as the next attempt', async () => {
    const kind = declareKind();
    const queue = open();
    await queue.enqueue(kind, jobs('stalled'));
    const child = new RunningProgram(program, [redis.url, environment, JSON.stringify(kind)]);
    expect(await child.line()).toBe('stalled 1');
    const worker = await Worker.start(patience, queue, kind);
    child.child.kill('SIGKILL');
    await once(child.child, 'exit');
    await worker.untilRan('stalled');
    expect(worker.seen[0]?.attempt).toBe(2);
  });

  it('tells a run to stop that lost its lock to another process', async () => {
    const kind = declareKind();
    const queue = open();
    const worker = await Worker.start(patience, queue, kind, async (run) => {
      if (run.attempt === 1) await stopped(run);
      return done;
    });
    await queue.enqueue(kind, jobs('slow'));
    await worker.untilRan('slow');
    redis.freeze();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    redis.thaw();
    await eventually(patience, async () => worker.seen[0]?.run.signal.aborted, Boolean);
  });

  it('says that Redis refuses the password, and not that it is away', async () => {
    const protectedUrl = redis.url.replace('redis://', 'redis://nobody:wrong@');
    const queue = open(protectedUrl);
    const ping = () =>
      queue.ping().then(
        () => 'well',
        (error: { code: string }) => error.code,
      );
    await eventually(patience, ping, (code) => code === 'JOB_QUEUE_ACCESS_DENIED');
    await expect(queue.enqueue(declareKind(), jobs('key'))).rejects.toMatchObject({
      code: 'JOB_QUEUE_ACCESS_DENIED',
    });
  });
});
