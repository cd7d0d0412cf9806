import type { JobKind } from '#libs/contracts';
import { fault, Fault, type Clock } from '#libs/kernel';
import {
  refuseUnfit,
  type JobHandler,
  type JobQueue,
  type JobState,
  type NewJob,
  type Schedule,
  type Work,
} from '#libs/ports/job-queue';

import type { SqliteDatabase } from './database.js';
import { JobRows } from './job-queue-rows.js';
import { SqliteWork } from './job-queue-work.js';

export interface SqliteJobQueueOptions {
  readonly database: SqliteDatabase;
  readonly clock: Clock;
}

/** A second queue on one file would take the runs of the first for those of a dead process. */
const open = new WeakSet<SqliteDatabase>();

export class SqliteJobQueue implements JobQueue {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #rows: JobRows;
  readonly #works = new Map<string, SqliteWork>();
  #closed = false;

  constructor({ database, clock }: SqliteJobQueueOptions) {
    if (open.has(database)) throw fault('DEFECT_UNKNOWN', { details: { reason: 'two queues' } });
    open.add(database);
    this.#database = database;
    this.#clock = clock;
    this.#rows = new JobRows(database);
  }

  async enqueue(kind: JobKind, jobs: readonly NewJob[]): Promise<void> {
    refuseUnfit(jobs);
    await this.#write(() => {
      const now = this.#clock.now();
      for (const job of jobs) this.#rows.enqueue(kind.name, job, now);
    });
    this.#works.get(kind.name)?.wake();
  }

  async schedule(kind: JobKind, schedule: Schedule): Promise<void> {
    refuseUnfit([schedule]);
    await this.#write(() => this.#rows.schedule(kind.name, schedule, this.#clock.now()));
    this.#works.get(kind.name)?.wake();
  }

  async work(kind: JobKind, handler: JobHandler): Promise<Work> {
    this.#refuseIfClosed();
    if (this.#works.has(kind.name))
      throw fault('DEFECT_UNKNOWN', { details: { workedTwice: kind.name } });
    const work = new SqliteWork({
      database: this.#database,
      rows: this.#rows,
      clock: this.#clock,
      kind,
      handler,
      closed: () => void this.#works.delete(kind.name),
    });
    this.#works.set(kind.name, work);
    return work;
  }

  async look(kind: JobKind, keys: readonly string[]): Promise<readonly (JobState | undefined)[]> {
    this.#refuseIfClosed();
    return keys.map((key) => this.#rows.look(kind.name, key));
  }

  async cancel(kind: JobKind, key: string): Promise<boolean> {
    const { running, any } = await this.#write(() => this.#rows.cancel(kind.name, key));
    if (running !== undefined) this.#works.get(kind.name)?.cancel(running);
    return any;
  }

  /** Before the database's own close. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([...this.#works.values()].map((work) => work.close()));
    open.delete(this.#database);
  }

  /** The file's faults in the words of this port. */
  async #write<T>(work: () => T): Promise<T> {
    this.#refuseIfClosed();
    try {
      return await this.#database.write(work);
    } catch (error) {
      if (error instanceof Fault && error.code === 'DOCUMENTS_UNAVAILABLE')
        throw fault('JOB_QUEUE_UNAVAILABLE', { cause: error });
      throw error;
    }
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw fault('JOB_QUEUE_UNAVAILABLE', { details: { reason: 'closed' } });
  }
}

/** Embedded queue: rows in the one file, run in process. */
export const sqliteJobQueue = (options: SqliteJobQueueOptions): SqliteJobQueue =>
  new SqliteJobQueue(options);
