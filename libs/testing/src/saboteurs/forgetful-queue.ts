import type { JobQueue } from '#libs/ports/job-queue';

type ClosableJobQueue = JobQueue & { close(): Promise<void> };

/**
 * A queue that takes "it runs already" for "it will be done": what changed after the run had looked is never
 * looked at. The commonest fault of de-duplicating queues, so the suite must refuse it.
 */
export const forgetfulQueue = (inner: ClosableJobQueue): ClosableJobQueue => ({
  async enqueue(kind, jobs) {
    const states = await inner.look(
      kind,
      jobs.map(({ key }) => key),
    );
    await inner.enqueue(
      kind,
      jobs.filter((_job, i) => states[i]?.state !== 'running'),
    );
  },
  schedule: (kind, schedule) => inner.schedule(kind, schedule),
  work: (kind, handler) => inner.work(kind, handler),
  look: (kind, keys) => inner.look(kind, keys),
  cancel: (kind, key) => inner.cancel(kind, key),
  close: () => inner.close(),
});

/** A queue that is done with a job when it starts: all that a failure or a stop interrupts is lost. */
export const hastyQueue = (inner: ClosableJobQueue): ClosableJobQueue => ({
  ...forgetfulQueue(inner),
  enqueue: (kind, jobs) => inner.enqueue(kind, jobs),
  work: (kind, handler) =>
    inner.work(kind, async (run) => {
      void handler(run).catch(() => undefined);
      return { outcome: 'done' };
    }),
});
