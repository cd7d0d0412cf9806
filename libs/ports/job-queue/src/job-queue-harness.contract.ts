import { randomUUID } from 'node:crypto';

import type { JobKind } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import type { JobOutcome, JobQueue, JobRun, Work } from './index.js';

/** `true`, or why not; for a reason the suite proves the opposite. */
export type Capability = true | string;

export interface JobQueueCapabilities {
  /** Several processes can work on one kind. */
  readonly sharing: Capability;
  /** It can lose everything while somebody works on it. */
  readonly losing: Capability;
}

export type ClosableJobQueue = JobQueue & { close(): Promise<void> };

export interface JobQueueHarness {
  readonly capabilities: JobQueueCapabilities;
  /** How long something that must happen may take before the behaviour has failed. */
  readonly patienceMs: number;
  /** A queue on this harness's back end, in place of the one before. */
  make(): Promise<ClosableJobQueue>;
  /** One more at the same time, as another process would have it. */
  makeBeside(): Promise<ClosableJobQueue>;
  /** Long enough for what must not happen to have happened. */
  settle(): Promise<void>;
  /** Ends the back end and starts it again with what it kept. */
  restart(): Promise<void>;
  /** The back end forgets everything while it is in use (FLUSHALL). */
  lose(): Promise<void>;
  dispose(): Promise<void>;
}

/** A kind that no other behaviour knows. */
export const declareKind = (overrides: Partial<JobKind> = {}): JobKind => ({
  name: `suite-${randomUUID()}.v1`,
  role: 'suite',
  concurrency: 1,
  backoff: { first: 40, most: 200 },
  attempts: 5,
  ...overrides,
});

export const done: JobOutcome = { outcome: 'done' };
export const again = (afterMs = 0): JobOutcome => ({ outcome: 'again', afterMs });
export const later = (afterMs = 0): JobOutcome => ({ outcome: 'later', afterMs });
export const keys = (count: number): string[] => Array.from({ length: count }, (_, i) => `k${i}`);
export const jobs = (...named: readonly string[]) => named.map((key) => ({ key }));

export interface SeenRun {
  readonly key: string;
  readonly data: JsonObject;
  readonly attempt: number;
  readonly at: number;
  readonly run: JobRun;
}

export type Decide = (run: JobRun) => JobOutcome | Promise<JobOutcome>;

/** Works on a kind, remembers every run, and can be waited for. */
export class Worker {
  readonly seen: SeenRun[] = [];
  work: Work;
  readonly #inWork = new Map<string, number>();
  readonly #watchers = new Set<() => void>();
  /** The most runs at once: of all keys, and of any one. */
  most = 0;
  mostOfOneKey = 0;

  private constructor(readonly patienceMs: number) {}

  static async start(
    { patienceMs }: Pick<JobQueueHarness, 'patienceMs'>,
    queue: JobQueue,
    kind: JobKind,
    decide: Decide = () => done,
  ): Promise<Worker> {
    const worker = new Worker(patienceMs);
    worker.work = await queue.work(kind, (run) => worker.#run(run, decide));
    return worker;
  }

  get ran(): string[] {
    return this.seen.map(({ key }) => key);
  }

  times(key: string): number {
    return this.ran.filter((one) => one === key).length;
  }

  untilRan(...named: readonly string[]): Promise<void> {
    return this.until(`for ${named.slice(0, 5).join(', ')}`, () =>
      named.every((key) => this.times(key) > 0),
    );
  }

  until(what: string, met: () => boolean): Promise<void> {
    return untilTogether([this], what, met);
  }

  watch(check: () => void): () => void {
    this.#watchers.add(check);
    return () => this.#watchers.delete(check);
  }

  async #run(run: JobRun, decide: Decide): Promise<JobOutcome> {
    const { key, data, attempt } = run;
    this.seen.push({ key, data, attempt, at: Date.now(), run });
    this.#count(key, 1);
    for (const check of this.#watchers) check();
    try {
      return await decide(run);
    } finally {
      this.#count(key, -1);
    }
  }

  #count(key: string, by: number): void {
    this.#inWork.set(key, (this.#inWork.get(key) ?? 0) + by);
    const counts = [...this.#inWork.values()];
    this.most = Math.max(
      this.most,
      counts.reduce((sum, count) => sum + count, 0),
    );
    this.mostOfOneKey = Math.max(this.mostOfOneKey, ...counts);
  }
}

/** Several workers, watched until what they ran together is enough. */
export const untilTogether = (
  workers: readonly [Worker, ...Worker[]],
  what: string,
  met: () => boolean,
): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    const { patienceMs } = workers[0];
    const stop = () => unwatch.forEach((end) => end());
    const timer = setTimeout(() => {
      stop();
      const ran = JSON.stringify(workers.map((worker) => worker.ran.slice(0, 50)));
      reject(new Error(`Waited ${patienceMs} ms ${what}; ran ${ran}`));
    }, patienceMs);
    const check = () => {
      if (!met()) return;
      clearTimeout(timer);
      stop();
      resolve();
    };
    const unwatch = workers.map((worker) => worker.watch(check));
    check();
  });

/** Asks until the answer is as wanted: for what no event tells. */
export const eventually = async <T>(
  { patienceMs }: Pick<JobQueueHarness, 'patienceMs'>,
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
): Promise<T> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** A promise that a test opens by hand: a handler waits at it. */
export const gate = (): { readonly passed: Promise<void>; open(): void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
};

/** Settles when the run is told to stop. */
export const stopped = ({ signal }: JobRun): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Whether it is settled by the end of this turn of the event loop. */
export const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  const turn = new Promise<'pending'>((resolve) => setImmediate(() => resolve('pending')));
  return (await Promise.race([promise.then(() => 'settled'), turn])) === 'settled';
};
