import type { JobKind } from '#libs/contracts';
import { backoffDelay, type Clock, type JsonObject } from '#libs/kernel';
import type { JobHandler, JobOutcome, Work } from '#libs/ports/job-queue';

import type { SqliteDatabase } from './database.js';
import type { JobRows, TakenJob } from './job-queue-rows.js';

/** A timer is never longer, so that a clock that was set is noticed. */
const LONGEST_TIMER_MS = 1_000;
const WRITE_RETRY_MS = 250;

export interface SqliteWorkParts {
  readonly database: SqliteDatabase;
  readonly rows: JobRows;
  readonly clock: Clock;
  readonly kind: JobKind;
  readonly handler: JobHandler;
  readonly closed: () => void;
}

/** The runs of one kind in this process: taken when due, written down before they start. */
export class SqliteWork implements Work {
  readonly #running = new Map<number, AbortController>();
  readonly #cancelled = new Set<number>();
  readonly #over = Promise.withResolvers<void>();
  #taking = false;
  #closing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: SqliteWorkParts) {
    queueMicrotask(() => this.wake());
  }

  /** Called when rows became durable that may be due. */
  wake(): void {
    if (this.#taking || this.#closing) return;
    clearTimeout(this.#timer);
    const { rows, clock, kind } = this.parts;
    const room = kind.concurrency - this.#running.size;
    if (room <= 0) return;
    const now = clock.now();
    const wait = rows.nextDue(kind.name) - now;
    if (wait <= 0 || rows.hasStrayed(kind.name, now)) void this.#take(room);
    else if (Number.isFinite(wait)) this.#wakeAfter(Math.min(wait, LONGEST_TIMER_MS));
  }

  /** Aborts the run; any answer of it counts as done. */
  cancel(row: number): void {
    const run = this.#running.get(row);
    if (!run) return;
    this.#cancelled.add(row);
    run.abort();
  }

  close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#timer);
    for (const run of this.#running.values()) run.abort();
    this.#settleIfIdle();
    return this.#over.promise;
  }

  async #take(room: number): Promise<void> {
    const { database, rows, clock, kind } = this.parts;
    this.#taking = true;
    try {
      const taken = await database.write(() => {
        const now = clock.now();
        rows.bringBack(kind.name, now);
        rows.tick(kind.name, now);
        return rows.take(kind.name, now, room);
      });
      for (const job of taken) void this.#run(job);
      this.#taking = false;
      this.wake();
    } catch {
      // A full disk keeps them waiting; closing gives up.
      this.#taking = false;
      if (!this.#closing) this.#wakeAfter(WRITE_RETRY_MS);
    }
    this.#settleIfIdle();
  }

  async #run(job: TakenJob): Promise<void> {
    const run = new AbortController();
    this.#running.set(job.row, run);
    if (this.#closing) run.abort();
    let outcome: JobOutcome;
    try {
      outcome = await this.parts.handler({
        key: job.key,
        data: job.data,
        attempt: job.attempt,
        signal: run.signal,
        progress: (progress) => this.#progress(job.row, progress),
      });
    } catch {
      // The platform logs and decides; here a throw only means "again".
      const afterMs = backoffDelay(this.parts.kind.backoff, job.attempt);
      outcome = { outcome: 'again', afterMs };
    }
    await this.#settle(job.row, outcome);
    this.#running.delete(job.row);
    this.#cancelled.delete(job.row);
    this.wake();
    this.#settleIfIdle();
  }

  async #progress(row: number, progress: JsonObject): Promise<void> {
    const { database, rows } = this.parts;
    try {
      await database.write(() => rows.progress(row, progress));
    } catch {
      // Only shown to people: a full disk must not end the run.
    }
  }

  /** Until it is written; after a close that could not, the row still says "running" and comes again. */
  async #settle(row: number, outcome: JobOutcome): Promise<void> {
    const { database, rows, clock } = this.parts;
    const write = () => {
      if (outcome.outcome === 'done' || this.#cancelled.has(row)) rows.finish(row);
      else rows.putOff(row, clock.now(), outcome.afterMs, outcome.outcome === 'again' ? 1 : 0);
    };
    for (;;) {
      try {
        await database.write(write);
        return;
      } catch {
        if (this.#closing) return;
        await new Promise((resolve) => setTimeout(resolve, WRITE_RETRY_MS));
      }
    }
  }

  #wakeAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), ms);
  }

  #settleIfIdle(): void {
    if (!this.#closing || this.#taking || this.#running.size > 0) return;
    this.parts.closed();
    this.#over.resolve();
  }
}
