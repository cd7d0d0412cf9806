import { expect } from '@jest/globals';

import {
  declareKind,
  done,
  eventually,
  gate,
  isSettled,
  jobs,
  keys,
  later,
  stopped,
  untilTogether,
  Worker,
  type JobQueueHarness,
} from './job-queue-harness.contract.js';

export const lifeBehaviours = {
  async 'runs a schedule at once and then each interval, until it is cancelled'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind();
    const worker = await Worker.start(harness, queue, kind);
    await queue.schedule(kind, { key: 'tick', data: { a: 1 }, everyMs: 200 });
    await worker.until('for three ticks', () => worker.times('tick') >= 3);
    expect(worker.seen[0]?.data).toEqual({ a: 1 });
    const [first, , third] = worker.seen;
    expect((third?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(190);
    expect(await queue.cancel(kind, 'tick')).toBe(true);
    const ran = worker.times('tick');
    await harness.settle();
    await harness.settle();
    expect(worker.times('tick')).toBeLessThanOrEqual(ran + 1);
    expect(await queue.cancel(kind, 'tick')).toBe(false);
  },

  async 'keeps one schedule however often it is asked for, and takes a new interval'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind();
    const worker = await Worker.start(harness, queue, kind);
    for (let i = 0; i < 3; i++) {
      await queue.schedule(kind, { key: 'hourly', everyMs: 3_600_000 });
      await worker.untilRan('hourly');
      await harness.settle();
    }
    expect(worker.times('hourly')).toBe(1);
    await queue.schedule(kind, { key: 'hourly', everyMs: 150 });
    await worker.until('for the new interval', () => worker.times('hourly') >= 4);
    await queue.cancel(kind, 'hourly');
  },

  async 'never runs two ticks of one key at once, and waits for no missed one'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind({ concurrency: 4 });
    const { passed, open } = gate();
    const worker = await Worker.start(harness, queue, kind, async () => {
      await passed;
      return done;
    });
    await queue.schedule(kind, { key: 'slow', everyMs: 60 });
    await worker.untilRan('slow');
    await harness.settle();
    await harness.settle();
    expect(worker.times('slow')).toBe(1);
    await queue.schedule(kind, { key: 'slow', everyMs: 3_600_000 });
    open();
    await worker.until('for what was due meanwhile', () => worker.times('slow') >= 2);
    await harness.settle();
    expect(worker.times('slow')).toBeLessThanOrEqual(3);
    expect(worker.mostOfOneKey).toBe(1);
    await queue.cancel(kind, 'slow');
  },

  async 'waits for runs when it is closed, tells them to stop, and keeps their outcome'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind({ concurrency: 2 });
    const { passed, open } = gate();
    const busy = await Worker.start(harness, queue, kind, async (run) => {
      await stopped(run);
      await passed;
      return run.key === 'k0' ? done : later(0);
    });
    await queue.enqueue(kind, jobs(...keys(4)));
    await busy.until('for two', () => busy.seen.length === 2);
    const closing = busy.work.close();
    await harness.settle();
    expect(busy.seen.map(({ run }) => run.signal.aborted)).toEqual([true, true]);
    expect(await isSettled(closing)).toBe(false);
    open();
    await closing;
    const next = await Worker.start(harness, queue, kind);
    const rest = keys(4).filter((key) => key !== 'k0' || !busy.ran.includes('k0'));
    await next.untilRan(...rest);
    await harness.settle();
    expect(next.ran.sort()).toEqual(rest);
    expect(next.seen.every(({ attempt }) => attempt === 1)).toBe(true);
  },

  async 'closes its work with itself, and refuses to be used afterwards'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind();
    const { passed, open } = gate();
    const worker = await Worker.start(harness, queue, kind, async () => {
      await passed;
      return done;
    });
    await queue.enqueue(kind, jobs('in hand'));
    await worker.untilRan('in hand');
    const closing = queue.close();
    await harness.settle();
    expect(await isSettled(closing)).toBe(false);
    open();
    await closing;
    const unavailable = { code: 'JOB_QUEUE_UNAVAILABLE' };
    await expect(queue.enqueue(kind, jobs('late'))).rejects.toMatchObject(unavailable);
    await expect(queue.look(kind, ['late'])).rejects.toMatchObject(unavailable);
    const other = await harness.make();
    expect(await other.look(kind, ['in hand', 'late'])).toEqual([undefined, undefined]);
  },

  async 'refuses a second worker of one kind in one process'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind();
    const first = await queue.work(kind, async () => done);
    await expect(queue.work(kind, async () => done)).rejects.toThrow();
    await first.close();
    const second = await queue.work(kind, async () => done);
    await second.close();
  },

  async 'shares a kind among processes, each key for one of them at a time'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind({ concurrency: 5 });
    if (harness.capabilities.sharing !== true) {
      await expect(harness.makeBeside()).rejects.toThrow();
      return;
    }
    const beside = await harness.makeBeside();
    const first = await Worker.start(harness, queue, kind);
    const second = await Worker.start(harness, beside, kind);
    await queue.enqueue(kind, jobs(...keys(200)));
    await beside.enqueue(kind, [{ key: 'theirs' }]);
    const together = () => [...first.ran, ...second.ran];
    const all = [...keys(200), 'theirs'];
    await untilTogether([first, second], 'for all between them', () =>
      all.every((key) => together().includes(key)),
    );
    await harness.settle();
    expect(together().sort()).toEqual(all.sort());
  },

  async 'cancels a run that another process has in work'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind();
    if (harness.capabilities.sharing !== true) {
      await expect(harness.makeBeside()).rejects.toThrow();
      return;
    }
    const worker = await Worker.start(harness, queue, kind, async (run) => {
      await stopped(run);
      return later(0);
    });
    await queue.enqueue(kind, jobs('long'));
    await worker.untilRan('long');
    const beside = await harness.makeBeside();
    expect(await beside.cancel(kind, 'long')).toBe(true);
    await eventually(
      harness,
      () => beside.look(kind, ['long']),
      ([it]) => it === undefined,
    );
    expect(worker.times('long')).toBe(1);
  },

  async 'keeps what waits and its schedules through a restart of the back end'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind();
    await queue.schedule(kind, { key: 'tick', everyMs: 100 });
    await queue.enqueue(kind, [{ key: 'later', afterMs: 200 }, ...jobs('now')]);
    await queue.close();
    await harness.restart();
    const worker = await Worker.start(harness, await harness.make(), kind);
    await worker.untilRan('now', 'later');
    await worker.until('for ticks', () => worker.times('tick') >= 2);
    expect(worker.times('now')).toBe(1);
  },

  async 'goes on with the same worker after everything was lost, as soon as it is told again'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind({ concurrency: 2 });
    if (harness.capabilities.losing !== true) {
      await expect(harness.lose()).rejects.toThrow();
      return;
    }
    const { passed, open } = gate();
    const worker = await Worker.start(harness, queue, kind, async ({ key }) => {
      if (key === 'in hand') await passed;
      return done;
    });
    const tell = async () => {
      await queue.schedule(kind, { key: 'tick', everyMs: 100 });
      await queue.enqueue(kind, [{ key: 'waits', afterMs: 150 }, ...jobs('in hand')]);
    };
    await tell();
    await worker.untilRan('in hand', 'tick');
    await harness.lose();
    const ticks = worker.times('tick');
    await harness.settle();
    await tell();
    await harness.settle();
    expect(worker.mostOfOneKey).toBe(1);
    open();
    await worker.untilRan('waits');
    await worker.until('for ticks again', () => worker.times('tick') >= ticks + 3);
    await worker.until('for the key in hand', () => worker.times('in hand') >= 2);
    expect(worker.mostOfOneKey).toBe(1);
    await queue.cancel(kind, 'tick');
  },
};
