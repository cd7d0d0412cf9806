import type { JobKind } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

export interface NewJob {
  /** What must be done once; never personal. Equal keys have equal data, so either may be the one that runs. */
  readonly key: string;
  /** Ids only: the handler loads the current state. */
  readonly data?: JsonObject;
  /** Not before this long from now. */
  readonly afterMs?: number;
}

export interface Schedule extends Omit<NewJob, 'afterMs'> {
  readonly everyMs: number;
}

export interface JobRun {
  readonly key: string;
  readonly data: JsonObject;
  /** 1 at first; each failure counts, and so does a process that was killed under the run. */
  readonly attempt: number;
  /** Aborted when the job is cancelled and when the work is closed: stop soon, at a place to go on from. */
  readonly signal: AbortSignal;
  /** For the eyes of a person; may be lost, never throws. */
  progress(progress: JsonObject): Promise<void>;
}

/**
 * What becomes of a run. `done`: gone until somebody enqueues it. `again`: it failed, and is tried after the
 * delay as the next attempt. `later`: it is not over, and goes on after the delay; no attempt is used.
 */
export type JobOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'again'; readonly afterMs: number }
  | { readonly outcome: 'later'; readonly afterMs: number };

/** A throw counts as `again` after the kind's own back-off. May run again what ran already. */
export type JobHandler = (run: JobRun) => Promise<JobOutcome>;

export interface Work {
  /** Starts nothing more, aborts the signals of what runs, waits for their outcomes, then lets go. */
  close(): Promise<void>;
}

export interface JobState {
  readonly state: 'waiting' | 'running';
  /** When it starts at the earliest; of a running one when it was to start. In ms since 1970. */
  readonly dueAt: number;
  readonly attempt: number;
  /** As the run told last. */
  readonly progress?: JsonObject;
}

/**
 * Wakes work: now, later, again and again. It holds no state. Documents or settings hold what must run, and their
 * owner enqueues it again. So an emptied queue causes a delay and loses nothing.
 *
 * Once: of one kind and key at most one waits and at most one runs. Enqueued while it waits, it runs once, when it
 * was to run; enqueued while it runs, it runs once more afterwards.
 * Clocks: a due time that a clock computed which was wrong by years is brought back once the clock is right. Then a tick
 * is at most one period away, and a job waits no longer than was asked for.
 * Order: none. Delivery: at least once; a run whose process died comes again.
 * Durability: as good as the back end's; losing all of it is allowed, wrong or doubled work is not.
 * Failure: `JOB_QUEUE_UNAVAILABLE`, `JOB_QUEUE_ACCESS_DENIED`, `STORE_FULL`, `JOB_INVALID` (a key over 512
 * characters, data over 16 KiB). After `JOB_QUEUE_UNAVAILABLE` some may have been enqueued; doing it again is safe.
 */
export interface JobQueue {
  enqueue(kind: JobKind, jobs: readonly NewJob[]): Promise<void>;

  /**
   * Enqueues the key now, then every so often. Scheduled again alike nothing changes; with another interval or
   * other data the new one holds. A tick while the key waits or runs is an enqueue like any other.
   */
  schedule(kind: JobKind, schedule: Schedule): Promise<void>;

  /** One per kind and process; several processes share a kind. */
  work(kind: JobKind, handler: JobHandler): Promise<Work>;

  /** One answer per key, in order; `undefined`: it neither waits nor runs. */
  look(kind: JobKind, keys: readonly string[]): Promise<readonly (JobState | undefined)[]>;

  /**
   * Takes back what waits, aborts what runs, ends the schedule. What a cancelled run answers does not count.
   * `false`: there was nothing.
   */
  cancel(kind: JobKind, key: string): Promise<boolean>;
}
