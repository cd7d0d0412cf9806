import { expect } from '@jest/globals';

import {
  declareKind,
  done,
  eventually,
  gate,
  jobs,
  keys,
  Worker,
  type JobQueueHarness,
} from './job-queue-harness.contract.js';

export const onceBehaviours = {
  async 'runs what was enqueued before anybody worked, and what comes later'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind();
    await queue.enqueue(kind, jobs('before'));
    const worker = await Worker.start(harness, queue, kind);
    await worker.untilRan('before');
    await queue.enqueue(kind, jobs('later'));
    await worker.untilRan('later');
    expect(worker.ran).toEqual(['before', 'later']);
  },

  async 'runs each of many keys once'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind({ concurrency: 20 });
    await queue.enqueue(kind, jobs(...keys(600)));
    const worker = await Worker.start(harness, queue, kind);
    await worker.untilRan(...keys(600));
    await harness.settle();
    expect(worker.ran.sort()).toEqual(keys(600).sort());
    expect(await queue.look(kind, ['k0', 'k599'])).toEqual([undefined, undefined]);
  },

  async 'runs a key once that was enqueued many times while it waited'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind();
    for (let i = 0; i < 3; i++) await queue.enqueue(kind, jobs('same', 'same', 'other'));
    const worker = await Worker.start(harness, queue, kind);
    await worker.untilRan('same', 'other');
    await harness.settle();
    expect(worker.ran.sort()).toEqual(['other', 'same']);
  },

  async 'runs a key once more that was enqueued while it ran, and never two of it at once'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind({ concurrency: 4 });
    const { passed, open } = gate();
    const worker = await Worker.start(harness, queue, kind, async () => {
      await passed;
      return done;
    });
    await queue.enqueue(kind, jobs('key'));
    await worker.untilRan('key');
    for (let i = 0; i < 3; i++) await queue.enqueue(kind, jobs('key'));
    await harness.settle();
    expect(worker.times('key')).toBe(1);
    open();
    await worker.until('for the second run', () => worker.times('key') >= 2);
    await harness.settle();
    expect(worker.times('key')).toBe(2);
    expect(worker.mostOfOneKey).toBe(1);
  },

  async 'may run a key again once it is done'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind();
    const worker = await Worker.start(harness, queue, kind);
    for (let round = 1; round <= 3; round++) {
      await queue.enqueue(kind, jobs('key'));
      await worker.until('for another run', () => worker.times('key') === round);
      await eventually(
        harness,
        () => queue.look(kind, ['key']),
        ([it]) => !it,
      );
    }
    expect(worker.seen.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
  },

  async 'tells kinds apart, and carries keys and data unchanged'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const [kind, other] = [declareKind(), declareKind()];
    const data = { list: [], text: 'Zoë 🛎', number: 1.5, nested: { empty: {}, nothing: null } };
    const key = 'guesty/reservation/6a:b%c "d" {e}';
    await queue.enqueue(kind, [{ key, data }]);
    await queue.enqueue(other, jobs(key, '12'));
    const worker = await Worker.start(harness, queue, kind);
    const second = await Worker.start(harness, queue, other);
    await worker.untilRan(key);
    await second.untilRan(key, '12');
    expect(worker.seen.map((run) => [run.key, run.data])).toEqual([[key, data]]);
    expect(second.seen.map((run) => run.data)).toEqual([{}, {}]);
  },

  async 'refuses a key or data that no queue takes, and enqueues nothing of that batch'(
    harness: JobQueueHarness,
  ) {
    const queue = await harness.make();
    const kind = declareKind();
    const unfit = [
      { key: '' },
      { key: 'k'.repeat(513) },
      { key: '\ud800' },
      { key: 'big', data: { text: 'x'.repeat(17_000) } },
    ];
    for (const job of unfit)
      await expect(queue.enqueue(kind, [{ key: 'good' }, job])).rejects.toMatchObject({
        code: 'JOB_INVALID',
      });
    expect(await queue.look(kind, ['good'])).toEqual([undefined]);
    await queue.enqueue(kind, []);
    const largest = { key: 'k'.repeat(512), data: { text: 'x'.repeat(16_000) } };
    await queue.enqueue(kind, [largest]);
    const worker = await Worker.start(harness, queue, kind);
    await worker.untilRan(largest.key);
  },

  async 'does not start before the delay, and nobody waits behind it'(harness: JobQueueHarness) {
    const queue = await harness.make();
    const kind = declareKind();
    const worker = await Worker.start(harness, queue, kind);
    const before = Date.now();
    await queue.enqueue(kind, [{ key: 'late', afterMs: 500 }]);
    await queue.enqueue(kind, jobs('now', 'late'));
    await worker.untilRan('now');
    const [state] = await queue.look(kind, ['late']);
    expect(state).toMatchObject({ state: 'waiting', attempt: 1 });
    expect(state?.dueAt).toBeGreaterThanOrEqual(before + 490);
    await worker.untilRan('late');
    const late = worker.seen.find(({ key }) => key === 'late');
    expect(late?.at).toBeGreaterThanOrEqual(before + 490);
    expect(worker.ran).toEqual(['now', 'late']);
  },
};
