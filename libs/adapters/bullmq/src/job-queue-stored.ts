import { createHash, randomUUID } from 'node:crypto';

import type { JobsOptions } from 'bullmq';

import type { JobKind } from '#libs/contracts';
import { fault, type JsonObject } from '#libs/kernel';
import type { NewJob } from '#libs/ports/job-queue';

/** What Redis holds of a job, or of a tick that is to become one. */
export interface StoredJob {
  readonly key: string;
  readonly data: JsonObject;
}

/** A tick of a schedule only enqueues: so that it keeps to "once" like everything else. */
export const TICK = 'tick';

/** One slot for all keys, so that scripts also run on a cluster. */
export const prefixOf = (environment: string): string => `{innkeeper.${environment}}`;

/** Schedulers are part of job ids, which take neither colons nor any length. */
export const schedulerOf = (key: string): string =>
  createHash('sha256').update(key).digest('base64url');

/** Attempts end where the handler's owner says so, never in the queue, which would drop the job in silence. */
const WITHOUT_END = 1_000_000_000;

const kept = {
  removeOnComplete: true,
  removeOnFail: true,
  keepLogs: 0,
  // What a handler threw may name what it read: only that it failed is stored.
  stackTraceLimit: 0,
} as const;

export const tickOptions: JobsOptions = { ...kept, attempts: WITHOUT_END, backoff: 1_000 };

/** `keepLastIfActive`: enqueued while it runs, it runs once more. Ids of our own stay unique after FLUSHALL. */
export const jobOptions = ({ key, afterMs = 0 }: NewJob): JobsOptions => ({
  ...kept,
  jobId: randomUUID(),
  attempts: WITHOUT_END,
  backoff: { type: 'custom' },
  deduplication: { id: key, keepLastIfActive: true },
  ...(afterMs > 0 && { delay: Math.round(afterMs) }),
});

export const storedJob = ({ key, data = {} }: NewJob): StoredJob => ({ key, data });

export const readStored = (kind: JobKind, stored: unknown): StoredJob => {
  const { key, data } = (stored ?? {}) as Partial<StoredJob>;
  if (typeof key !== 'string' || typeof data !== 'object')
    throw fault('JOB_INVALID', { details: { kind: kind.name } });
  return { key, data };
};
