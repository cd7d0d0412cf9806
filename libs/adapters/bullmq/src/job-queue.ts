import { Queue } from 'bullmq';

import type { JobKind } from '#libs/contracts';
import { canonicalJson, CLOCKS_APART_MS, fault, type JsonObject, type Secret } from '#libs/kernel';
import {
  refuseUnfit,
  type JobHandler,
  type JobQueue,
  type JobState,
  type NewJob,
  type Schedule,
  type Work,
} from '#libs/ports/job-queue';

import { RedisClients } from './client.js';
import { bringBack, SCORE_PER_MS } from './job-queue-strays.js';
import {
  jobOptions,
  prefixOf,
  schedulerOf,
  storedJob,
  TICK,
  tickOptions,
  type StoredJob,
} from './job-queue-stored.js';
import { BullmqWork, type WorkTimes } from './job-queue-work.js';

export interface BullmqJobQueueOptions {
  readonly url: Secret;
  readonly environment: string;
  readonly timeoutMs?: number;
  readonly times?: Partial<WorkTimes>;
}

const TIMES: WorkTimes = { lockMs: 30_000, cancelMs: 1_000, closeMs: 3_000, strayMs: 60_000 };
/** Longer than any run is expected to take; a cancel of one that is gone costs nothing. */
const CANCEL_MS = 86_400_000;
/** A schedule whose next tick is this late has lost it. */
const TICK_LOST_MS = 60_000;
const MANY = 500;

export class BullmqJobQueue implements JobQueue {
  readonly #clients: RedisClients;
  readonly #prefix: string;
  readonly #times: WorkTimes;
  readonly #queues = new Map<string, Queue<StoredJob>>();
  readonly #works = new Map<string, BullmqWork>();
  #closed = false;

  constructor({ url, environment, timeoutMs, times }: BullmqJobQueueOptions) {
    this.#clients = new RedisClients({ url, ...(timeoutMs !== undefined && { timeoutMs }) });
    this.#prefix = prefixOf(environment);
    this.#times = { ...TIMES, ...times };
  }

  async enqueue(kind: JobKind, jobs: readonly NewJob[]): Promise<void> {
    this.#refuseIfClosed();
    refuseUnfit(jobs);
    for (let from = 0; from < jobs.length; from += MANY) {
      const some = jobs.slice(from, from + MANY).map((job) => ({
        name: kind.name,
        data: storedJob(job),
        opts: jobOptions(job),
      }));
      await this.#clients.run(() => this.#queue(kind).addBulk(some));
    }
  }

  async schedule(kind: JobKind, { key, data = {}, everyMs }: Schedule): Promise<void> {
    this.#refuseIfClosed();
    refuseUnfit([{ key, data }]);
    const queue = this.#queue(kind);
    const id = schedulerOf(key);
    await this.#clients.run(async () => {
      const known = await queue.getJobScheduler(id);
      const now = Date.now();
      const next = known?.next ?? 0;
      const hasStrayed = next > now + everyMs + CLOCKS_APART_MS;
      const alike =
        known?.every === everyMs &&
        sameJson(known.template?.data?.data, data) &&
        next > now - everyMs - TICK_LOST_MS;
      if (alike && !hasStrayed) return;
      // Else its next tick stays where a clock put it that was ahead.
      if (hasStrayed) await queue.removeJobScheduler(id);
      const template = { name: TICK, data: { key, data }, opts: tickOptions };
      await queue.upsertJobScheduler(id, { every: everyMs }, template);
    });
  }

  async work(kind: JobKind, handler: JobHandler): Promise<Work> {
    this.#refuseIfClosed();
    if (this.#works.has(kind.name))
      throw fault('DEFECT_UNKNOWN', { details: { workedTwice: kind.name } });
    const work = new BullmqWork({
      clients: this.#clients,
      prefix: this.#prefix,
      kind,
      handler,
      times: this.#times,
      enqueue: (job) => this.enqueue(kind, [job]),
      cancelKey: (jobId) => this.#cancelKey(kind, jobId),
      nextKey: (key) => this.#nextKey(kind, key),
      bringBack: () => bringBack(this.#clients, this.#queue(kind)),
      closed: () => void this.#works.delete(kind.name),
    });
    this.#works.set(kind.name, work);
    return work;
  }

  async look(kind: JobKind, keys: readonly string[]): Promise<readonly (JobState | undefined)[]> {
    this.#refuseIfClosed();
    return this.#clients.run(() => Promise.all(keys.map((key) => this.#look(kind, key))));
  }

  async cancel(kind: JobKind, key: string): Promise<boolean> {
    this.#refuseIfClosed();
    const queue = this.#queue(kind);
    return this.#clients.run(async () => {
      const scheduled = await queue.removeJobScheduler(schedulerOf(key));
      const id = await queue.getDeduplicationJobId(key);
      if (!id) return scheduled;
      // A running one is locked and stays: it is told to stop, and so is what was to follow it.
      if ((await queue.remove(id)) === 1) return true;
      await this.#clients.asking.set(this.#cancelKey(kind, id), '1', 'PX', CANCEL_MS);
      await this.#clients.asking.del(this.#nextKey(kind, key));
      this.#works.get(kind.name)?.cancel(id);
      return true;
    });
  }

  /** Whether Redis answers, for health. */
  async ping(): Promise<void> {
    await this.#clients.run(() => this.#clients.asking.ping());
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([...this.#works.values()].map((work) => work.close()));
    // Their connection is ours, so there is nothing of theirs to wait for.
    for (const queue of this.#queues.values()) void queue.close().catch(() => undefined);
    this.#clients.close();
  }

  async #look(kind: JobKind, key: string): Promise<JobState | undefined> {
    const queue = this.#queue(kind);
    const id = await queue.getDeduplicationJobId(key);
    const job = id ? await queue.getJob(id) : undefined;
    if (!job?.id) return undefined;
    const delayed = await this.#clients.asking.zscore(queue.toKey('delayed'), job.id);
    const running = delayed === null && (await job.isActive());
    const { progress } = job;
    return {
      state: running ? 'running' : 'waiting',
      dueAt: delayed === null ? job.timestamp : Math.floor(Number(delayed) / SCORE_PER_MS),
      attempt: job.attemptsMade + job.stalledCounter + 1,
      ...(typeof progress === 'object' && { progress: progress as JsonObject }),
    };
  }

  #queue(kind: JobKind): Queue<StoredJob> {
    const known = this.#queues.get(kind.name);
    if (known) return known;
    const queue = new Queue<StoredJob>(kind.name, {
      connection: this.#clients.asking,
      prefix: this.#prefix,
      // Nobody reads its stream of events.
      streams: { events: { maxLen: 100 } },
    });
    queue.on('error', () => undefined);
    this.#queues.set(kind.name, queue);
    return queue;
  }

  #nextKey(kind: JobKind, key: string): string {
    return this.#queue(kind).toKey(`dn:${key}`);
  }

  #cancelKey(kind: JobKind, jobId: string): string {
    return `${this.#prefix}:${kind.name}:cancelled:${jobId}`;
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw fault('JOB_QUEUE_UNAVAILABLE', { details: { reason: 'closed' } });
  }
}

const sameJson = (one: JsonObject | undefined, other: JsonObject): boolean =>
  one !== undefined && canonicalJson(one) === canonicalJson(other);

/** Jobs on Redis, for several processes. */
export const bullmqJobQueue = (options: BullmqJobQueueOptions): BullmqJobQueue =>
  new BullmqJobQueue(options);
