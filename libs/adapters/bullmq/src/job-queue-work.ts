import { DelayedError, Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';

import type { JobKind } from '#libs/contracts';
import { backoffDelay, type JsonObject } from '#libs/kernel';
import type { JobHandler, JobOutcome, NewJob, Work } from '#libs/ports/job-queue';

import type { RedisClients } from './client.js';
import { readStored, TICK, type StoredJob } from './job-queue-stored.js';

export interface WorkTimes {
  /** A run whose process says nothing for this long belongs to somebody else. */
  readonly lockMs: number;
  /** How often a run looks whether it was cancelled elsewhere. */
  readonly cancelMs: number;
  /** How long a close waits for Redis, once nothing runs any more. */
  readonly closeMs: number;
  /** How often it looks for jobs that a wrong clock put off. */
  readonly strayMs: number;
}

export interface BullmqWorkParts {
  readonly clients: RedisClients;
  readonly prefix: string;
  readonly kind: JobKind;
  readonly handler: JobHandler;
  readonly times: WorkTimes;
  readonly enqueue: (job: NewJob) => Promise<void>;
  readonly cancelKey: (jobId: string) => string;
  /** Where BullMQ keeps what was enqueued under a running job of this key. */
  readonly nextKey: (key: string) => string;
  /** Lets jobs that a wrong clock put off wait as long as was asked for, from now on. */
  readonly bringBack: () => Promise<void>;
  readonly closed: () => void;
}

/** Carries the delay to `backoffStrategy`; its words are all that Redis keeps of a failure. */
class Again extends Error {
  constructor(readonly afterMs: number) {
    super('again');
  }
}

const KEY_IS_BUSY_MS = 1_000;

/** Several workers never promise that a run is alone: a lost lock is told by aborting it. */
export class BullmqWork implements Work {
  readonly #connection: Redis;
  readonly #worker: Worker<StoredJob>;
  readonly #runs = new Map<string, { readonly key: string; readonly abort: AbortController }>();
  readonly #cancelled = new Set<string>();
  readonly #idle: (() => void)[] = [];
  #watch: NodeJS.Timeout | undefined;
  readonly #straying: NodeJS.Timeout;
  #closing: Promise<void> | undefined;

  constructor(private readonly parts: BullmqWorkParts) {
    const { clients, prefix, kind, times } = parts;
    this.#connection = clients.connectWorker();
    this.#worker = new Worker<StoredJob>(kind.name, (job, token) => this.#process(job, token), {
      connection: this.#connection,
      prefix,
      concurrency: kind.concurrency,
      lockDuration: times.lockMs,
      stalledInterval: times.lockMs,
      // A job is dropped by its owner, not for having been interrupted.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: 1_000,
      settings: {
        backoffStrategy: (_attempts, _type, error) => (error instanceof Again ? error.afterMs : 0),
      },
    });
    // Health and callers of `enqueue` see an outage; here it only waits.
    this.#worker.on('error', () => undefined);
    // Away, Redis is asked again the next time.
    this.#straying = setInterval(
      () => void parts.bringBack().catch(() => undefined),
      times.strayMs,
    );
    this.#straying.unref();
    this.#worker.on('lockRenewalFailed', (ids) => ids.forEach((id) => this.#abort(id)));
  }

  cancel(jobId: string): void {
    if (!this.#runs.has(jobId)) return;
    this.#cancelled.add(jobId);
    this.#abort(jobId);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#straying);
    const closed = this.#worker.close();
    for (const id of this.#runs.keys()) this.#abort(id);
    if (this.#runs.size > 0) await new Promise<void>((idle) => this.#idle.push(idle));
    clearInterval(this.#watch);
    // Away, Redis cannot be told the outcomes: the runs come again, and nobody waits for it here.
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, this.parts.times.closeMs);
    await Promise.race([closed, late.promise]);
    clearTimeout(timer);
    await this.#worker.disconnect().catch(() => undefined);
    this.#connection.disconnect();
    this.parts.closed();
  }

  async #process(job: Job<StoredJob>, token: string | undefined): Promise<void> {
    const { kind, handler, enqueue } = this.parts;
    const { key, data } = readStored(kind, job.data);
    if (job.name === TICK) return enqueue({ key, data });
    const id = job.id ?? '';
    // After the queue was emptied under a run, its key can be enqueued again before the run is over.
    if ([...this.#runs.values()].some((run) => run.key === key))
      return this.#later(job, token, KEY_IS_BUSY_MS);
    const abort = new AbortController();
    this.#runs.set(id, { key, abort });
    this.#watchForCancels();
    if (this.#closing) abort.abort();
    try {
      const outcome = await this.#outcome(job, handler, { key, data, abort });
      if (outcome.outcome === 'done' || (await this.#isCancelled(id))) return;
      // What was asked for meanwhile is met by the repetition.
      await this.#forgetNext(key);
      if (outcome.outcome === 'later') await this.#later(job, token, outcome.afterMs);
      throw new Again(Math.max(0, Math.round(outcome.afterMs)));
    } finally {
      this.#forget(id);
    }
  }

  async #outcome(
    job: Job<StoredJob>,
    handler: JobHandler,
    { key, data, abort }: StoredJob & { readonly abort: AbortController },
  ): Promise<JobOutcome> {
    const attempt = job.attemptsMade + job.stalledCounter + 1;
    try {
      return await handler({
        key,
        data,
        attempt,
        signal: abort.signal,
        progress: (progress) => this.#progress(job, progress),
      });
    } catch {
      // The platform logs and decides; here a throw only means "again".
      return { outcome: 'again', afterMs: backoffDelay(this.parts.kind.backoff, attempt) };
    }
  }

  async #later(job: Job<StoredJob>, token: string | undefined, afterMs: number): Promise<never> {
    await job.moveToDelayed(Date.now() + Math.max(0, Math.round(afterMs)), token);
    throw new DelayedError();
  }

  async #forgetNext(key: string): Promise<void> {
    const { clients, nextKey } = this.parts;
    await clients.run(() => clients.asking.del(nextKey(key)));
  }

  async #progress(job: Job<StoredJob>, progress: JsonObject): Promise<void> {
    try {
      await this.parts.clients.run(() => job.updateProgress(progress));
    } catch {
      // Only shown to people: an outage must not end the run.
    }
  }

  #watchForCancels(): void {
    if (this.#watch) return;
    this.#watch = setInterval(() => void this.#lookForCancels(), this.parts.times.cancelMs);
    this.#watch.unref();
  }

  async #lookForCancels(): Promise<void> {
    for (const id of this.#runs.keys()) if (await this.#isCancelled(id)) this.cancel(id);
  }

  async #isCancelled(id: string): Promise<boolean> {
    if (this.#cancelled.has(id)) return true;
    const { clients, cancelKey } = this.parts;
    try {
      return (await clients.run(() => clients.asking.exists(cancelKey(id)))) === 1;
    } catch {
      return false;
    }
  }

  #abort(id: string): void {
    this.#runs.get(id)?.abort.abort();
  }

  #forget(id: string): void {
    this.#runs.delete(id);
    this.#cancelled.delete(id);
    if (this.#runs.size > 0) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
    for (const idle of this.#idle.splice(0)) idle();
  }
}
