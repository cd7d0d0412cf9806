import { expect } from '@jest/globals';

import {
  again,
  declareKind,
  done,
  eventually,
  gate,
  jobs,
  keys,
  later,
  stopped,
  Worker,
  type JobQueueHarness,
} from './job-queue-harness.contract.js';

export const runBehaviours = {
  async 'runs again what threw, after the back-off of its kind, and counts the attempts'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind({ backoff: { first: 200, most: 200 } });
    const worker = await Worker.start(harness, queue, kind, ({ attempt }) => {
      if (attempt < 3) throw new Error('not yet');
      return done;
    });
    await queue.enqueue(kind, jobs('key'));
    await worker.until('for the third attempt', () => worker.times('key') === 3);
    await harness.settle();
    expect(worker.seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    const [first, second] = worker.seen;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(95);
  },

  async 'runs again not before the delay that was asked for, and others meanwhile'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind();
    const worker = await Worker.start(harness, queue, kind, ({ key, attempt }) =>
      key === 'bad' && attempt === 1 ? again(400) : done,
    );
    await queue.enqueue(kind, jobs('bad'));
    await worker.untilRan('bad');
    await eventually(
      harness,
      () => queue.look(kind, ['bad']),
      ([it]) => it?.state === 'waiting',
    );
    await queue.enqueue(kind, jobs('good', 'bad'));
    await worker.untilRan('good');
    expect(worker.times('bad')).toBe(1);
    await worker.until('for the repetition', () => worker.times('bad') === 2);
    const [first, second] = worker.seen.filter(({ key }) => key === 'bad');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(390);
    await harness.settle();
    expect(worker.times('bad')).toBe(2);
  },

  async 'meets by the repetition what was asked for while a run failed'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind();
    const { passed, open } = gate();
    const worker = await Worker.start(harness, queue, kind, async ({ attempt }) => {
      await passed;
      return attempt === 1 ? again(20) : done;
    });
    await queue.enqueue(kind, jobs('key'));
    await worker.untilRan('key');
    await queue.enqueue(kind, jobs('key'));
    open();
    await worker.until('for the repetition', () => worker.times('key') === 2);
    await harness.settle();
    expect(worker.seen.map(({ attempt }) => attempt)).toEqual([1, 2]);
  },

  async 'goes on later without using an attempt'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind();
    let rest = 3;
    const worker = await Worker.start(harness, queue, kind, () => (rest-- > 0 ? later(20) : done));
    await queue.enqueue(kind, jobs('pages'));
    await worker.until('for the end', () => worker.times('pages') === 4);
    await harness.settle();
    expect(worker.seen.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1]);
  },

  async 'tells how far a run is, and forgets it with the run'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind();
    const { passed, open } = gate();
    const worker = await Worker.start(harness, queue, kind, async (run) => {
      await run.progress({ done: 3, of: 10, page: 'b' });
      await passed;
      return done;
    });
    await queue.enqueue(kind, jobs('key'));
    await worker.untilRan('key');
    const look = () => queue.look(kind, ['nobody', 'key']);
    const [nobody, state] = await eventually(harness, look, ([, it]) => it?.progress !== undefined);
    expect(nobody).toBeUndefined();
    expect(state).toMatchObject({
      ...{ state: 'running', attempt: 1, progress: { done: 3, of: 10, page: 'b' } },
    });
    open();
    await eventually(harness, look, ([, it]) => it === undefined);
  },

  async 'takes back what waits, at once or later, and what was never there'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind();
    await queue.enqueue(kind, [{ key: 'late', afterMs: 60_000 }, ...jobs('gone', 'stays')]);
    expect(await queue.cancel(kind, 'gone')).toBe(true);
    expect(await queue.cancel(kind, 'late')).toBe(true);
    expect(await queue.cancel(kind, 'gone')).toBe(false);
    expect(await queue.look(kind, ['gone', 'late'])).toEqual([undefined, undefined]);
    const worker = await Worker.start(harness, queue, kind);
    await worker.untilRan('stays');
    await harness.settle();
    expect(worker.ran).toEqual(['stays']);
    await queue.enqueue(kind, jobs('gone'));
    await worker.untilRan('gone');
  },

  async 'aborts a run that is cancelled, and whatever it answers does not count'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind();
    const worker = await Worker.start(harness, queue, kind, async (run) => {
      if (run.key !== 'long') return done;
      await stopped(run);
      return again(0);
    });
    await queue.enqueue(kind, jobs('long'));
    await worker.untilRan('long');
    await queue.enqueue(kind, jobs('long'));
    expect(await queue.cancel(kind, 'long')).toBe(true);
    await eventually(
      harness,
      () => queue.look(kind, ['long']),
      ([it]) => it === undefined,
    );
    await queue.enqueue(kind, jobs('next'));
    await worker.untilRan('next');
    await harness.settle();
    expect(worker.ran).toEqual(['long', 'next']);
  },

  async 'runs a key that was enqueued after its cancelled run'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind();
    let first = true;
    const worker = await Worker.start(harness, queue, kind, async (run) => {
      if (first) await stopped(run);
      first = false;
      return later(60_000);
    });
    await queue.enqueue(kind, jobs('key'));
    await worker.untilRan('key');
    await queue.cancel(kind, 'key');
    await queue.enqueue(kind, jobs('key'));
    await worker.until('for the run after', () => worker.times('key') === 2);
    expect(worker.seen.map(({ attempt }) => attempt)).toEqual([1, 1]);
  },

  async 'has as many runs at once as the kind says, and no key twice'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind({ concurrency: 3 });
    const { passed, open } = gate();
    const worker = await Worker.start(harness, queue, kind, async () => {
      await passed;
      return done;
    });
    await queue.enqueue(kind, jobs(...keys(9)));
    await worker.until('for three at once', () => worker.seen.length >= 3);
    await queue.enqueue(kind, jobs(...keys(9)));
    await harness.settle();
    expect(worker.seen.length).toBe(3);
    open();
    await worker.untilRan(...keys(9));
    await harness.settle();
    expect([worker.most, worker.mostOfOneKey]).toEqual([3, 1]);
    expect(worker.ran.length).toBe(12);
  },
};
