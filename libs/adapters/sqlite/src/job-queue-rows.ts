import type { JsonObject } from '#libs/kernel';
import type { JobState, NewJob, Schedule } from '#libs/ports/job-queue';

import type { SqliteDatabase } from './database.js';

/** A job in this process's hands. */
export interface TakenJob {
  readonly row: number;
  readonly key: string;
  readonly data: JsonObject;
  readonly attempt: number;
}

/**
 * One row per kind and key. `next_due` is set when the key was enqueued while it runs: it runs once more then.
 * `asked_at` and `next_asked` say when a due time was computed: one computed in the future was computed by a wrong clock.
 * `running` stands from the start of a run until its outcome; found at opening it means that the process was killed.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL,
    due_at INTEGER NOT NULL, attempt INTEGER NOT NULL, running INTEGER NOT NULL,
    next_due INTEGER, progress TEXT, asked_at INTEGER NOT NULL DEFAULT 0, next_asked INTEGER,
    UNIQUE (kind, key)) STRICT;
  CREATE INDEX IF NOT EXISTS jobs_due ON jobs (kind, running, due_at);
  CREATE TABLE IF NOT EXISTS job_schedules (
    kind TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL, every_ms INTEGER NOT NULL,
    next_at INTEGER NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS job_schedules_next ON job_schedules (kind, next_at);
`;

interface ScheduleRow {
  readonly key: string;
  readonly data: string;
  readonly every_ms: number;
  readonly next_at: number;
}

/** For files of before: a job that runs too early does no harm, one that never runs does. */
const addAskedAt = (database: SqliteDatabase): void => {
  const columns = database.sql('SELECT name FROM pragma_table_info(?)').all('jobs');
  if (!columns.some(({ name }) => name === 'asked_at'))
    database.exec(`
      ALTER TABLE jobs ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE jobs ADD COLUMN next_asked INTEGER;
      UPDATE jobs SET due_at = 0;`);
  database.exec('CREATE INDEX IF NOT EXISTS jobs_asked ON jobs (kind, asked_at)');
};

/** Everything the queue says to its tables. What changes rows must run inside `database.write`. */
export class JobRows {
  constructor(private readonly database: SqliteDatabase) {
    database.exec(schema);
    addAskedAt(database);
    // The file has one owner: the process that ran these is dead, and that counts as a failure.
    database.exec('UPDATE jobs SET running = 0, attempt = attempt + 1 WHERE running = 1');
  }

  enqueue(kind: string, { key, data = {}, afterMs = 0 }: NewJob, now: number): void {
    this.database
      .sql(
        `INSERT INTO jobs (kind, key, data, due_at, asked_at, attempt, running) VALUES (?, ?, ?, ?, ?, 1, 0)
         ON CONFLICT (kind, key) DO UPDATE SET next_asked = iif(next_due IS NULL, excluded.asked_at, next_asked),
           next_due = coalesce(next_due, excluded.due_at)
         WHERE running = 1`,
      )
      .run(kind, key, JSON.stringify(data), now + Math.max(0, afterMs), now);
  }

  schedule(kind: string, { key, data = {}, everyMs }: Schedule, now: number): void {
    const text = JSON.stringify(data);
    const alike = this.database
      .sql('SELECT 1 FROM job_schedules WHERE kind = ? AND key = ? AND data = ? AND every_ms = ?')
      .get(kind, key, text, everyMs);
    if (alike) return;
    this.database
      .sql('INSERT OR REPLACE INTO job_schedules VALUES (?, ?, ?, ?, ?)')
      .run(kind, key, text, everyMs, now);
  }

  /** Whether a due time stands there that a clock computed which was ahead of this one. */
  hasStrayed(kind: string, now: number): boolean {
    const row = this.database
      .sql(
        `SELECT EXISTS (SELECT 1 FROM jobs WHERE kind = ?1 AND asked_at > ?2)
             OR EXISTS (SELECT 1 FROM job_schedules WHERE kind = ?1 AND next_at > ?2 + every_ms) AS strayed`,
      )
      .get(kind, now);
    return row?.['strayed'] === 1;
  }

  /** A job then waits as long as was asked for, a tick one period at most: from now on, by this clock. */
  bringBack(kind: string, now: number): void {
    this.database
      .sql(
        `UPDATE jobs SET due_at = due_at - asked_at + ?2, asked_at = ?2 WHERE kind = ?1 AND asked_at > ?2`,
      )
      .run(kind, now);
    this.database
      .sql(
        `UPDATE job_schedules SET next_at = ?2 + every_ms WHERE kind = ?1 AND next_at > ?2 + every_ms`,
      )
      .run(kind, now);
  }

  /** Turns ticks that are due into jobs; several that were missed are one. */
  tick(kind: string, now: number): void {
    const due = this.database
      .sql('SELECT * FROM job_schedules WHERE kind = ? AND next_at <= ?')
      .all(kind, now) as unknown as ScheduleRow[];
    for (const { key, data, every_ms: every, next_at: at } of due) {
      this.enqueue(kind, { key, data: JSON.parse(data) as JsonObject }, now);
      this.database
        .sql('UPDATE job_schedules SET next_at = ? WHERE kind = ? AND key = ?')
        .run(at + every * (Math.floor((now - at) / every) + 1), kind, key);
    }
  }

  take(kind: string, now: number, most: number): TakenJob[] {
    const rows = this.database
      .sql(
        `UPDATE jobs SET running = 1, progress = NULL WHERE id IN (
           SELECT id FROM jobs WHERE kind = ? AND running = 0 AND due_at <= ? ORDER BY due_at LIMIT ?)
         RETURNING id, key, data, attempt`,
      )
      .all(kind, now, most) as unknown as {
      id: number;
      key: string;
      data: string;
      attempt: number;
    }[];
    return rows.map(({ id, key, data, attempt }) => ({
      row: id,
      key,
      data: JSON.parse(data) as JsonObject,
      attempt,
    }));
  }

  /** When there is something to do next: a job that waits, or a tick. */
  nextDue(kind: string): number {
    const row = this.database
      .sql(
        `SELECT min(at) AS at FROM (
           SELECT min(due_at) AS at FROM jobs WHERE kind = ?1 AND running = 0
           UNION ALL SELECT min(next_at) FROM job_schedules WHERE kind = ?1)`,
      )
      .get(kind);
    const at = row?.['at'];
    return typeof at === 'number' ? at : Number.POSITIVE_INFINITY;
  }

  /** The run is over: gone, or once more as it was enqueued meanwhile. */
  finish(row: number): void {
    this.database.sql('DELETE FROM jobs WHERE id = ? AND next_due IS NULL').run(row);
    this.database
      .sql(
        `UPDATE jobs SET running = 0, due_at = next_due, asked_at = coalesce(next_asked, 0),
           next_due = NULL, next_asked = NULL, attempt = 1, progress = NULL
         WHERE id = ?`,
      )
      .run(row);
  }

  /** The run must be repeated, which is also what was asked for while it ran. */
  putOff(row: number, now: number, afterMs: number, failures: 0 | 1): void {
    this.database
      .sql(
        `UPDATE jobs SET running = 0, due_at = ?, asked_at = ?, next_due = NULL, next_asked = NULL,
           attempt = attempt + ?, progress = NULL
         WHERE id = ?`,
      )
      .run(Math.round(now + Math.max(0, afterMs)), now, failures, row);
  }

  progress(row: number, progress: JsonObject): void {
    this.database
      .sql('UPDATE jobs SET progress = ? WHERE id = ?')
      .run(JSON.stringify(progress), row);
  }

  look(kind: string, key: string): JobState | undefined {
    const row = this.database
      .sql('SELECT running, due_at, attempt, progress FROM jobs WHERE kind = ? AND key = ?')
      .get(kind, key);
    if (!row) return undefined;
    const { running, due_at: dueAt, attempt, progress } = row;
    return {
      state: running === 1 ? 'running' : 'waiting',
      dueAt: dueAt as number,
      attempt: attempt as number,
      ...(typeof progress === 'string' && { progress: JSON.parse(progress) as JsonObject }),
    };
  }

  /** Answers the row of the run to abort, and whether there was anything at all. */
  cancel(kind: string, key: string): { readonly running: number | undefined; any: boolean } {
    const sql = (text: string) => this.database.sql(text);
    const scheduled = sql('DELETE FROM job_schedules WHERE kind = ? AND key = ?').run(kind, key);
    const waiting = sql('DELETE FROM jobs WHERE kind = ? AND key = ? AND running = 0');
    const gone = waiting.run(kind, key);
    const row = sql('UPDATE jobs SET next_due = NULL WHERE kind = ? AND key = ? RETURNING id');
    const running = row.get(kind, key)?.['id'] as number | undefined;
    const changes = Number(scheduled.changes) + Number(gone.changes);
    return { running, any: changes > 0 || running !== undefined };
  }
}
