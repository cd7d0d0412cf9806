import { DatabaseSync, type StatementSync } from 'node:sqlite';

import { Fault, fault } from '#libs/kernel';

import { Copies } from './backup/copies.js';
import type { CopyWatch } from './backup/copy-connection.js';

interface Queued {
  readonly work: () => unknown;
  readonly settle: (result: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** SQLITE_FULL and SQLITE_IOERR_WRITE: the disk, not us. */
const FULL = 13;
/** SQLITE_CORRUPT, SQLITE_NOTADB: a page, or the head of the file, is not what was written. */
export const CORRUPT: ReadonlySet<number> = new Set([11, 26]);

/** 64 MiB: less is soon written to again. */
const FEW_PAGES = 4096;

/**
 * One SQLite file, one connection, one writer. Everything that asks to be written during one turn of
 * the event loop is committed together: full durability at an eighth of the cost of a commit each.
 */
export class SqliteDatabase {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #queue: Queued[] = [];
  #idle: (() => void)[] = [];
  #closed = false;
  #corrupt: Fault | undefined;
  readonly #copies: Copies;

  constructor(readonly path: string) {
    this.#connection = new DatabaseSync(path);
    this.#copies = new Copies(this.#connection);
    try {
      this.#begin();
    } catch (error) {
      this.#connection.close();
      throw this.translated(error);
    }
  }

  #begin(): void {
    this.exec(`
      PRAGMA page_size = 16384;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA busy_timeout = 5000;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -32768;
      PRAGMA wal_autocheckpoint = 1000;
    `);
  }

  get closed(): boolean {
    return this.#closed;
  }

  exec(sql: string): void {
    this.#connection.exec(sql);
  }

  /** A prepared statement, made once per text. Its rows have a null prototype, blobs are Uint8Array. */
  sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#connection.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  /**
   * Runs `work` inside this turn's transaction and answers when it is durable. Work runs in the order it was asked
   * for and must be synchronous and repeatable. If anything in its group throws, the group is rolled back and each
   * piece runs again alone. So one bad piece fails alone.
   */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closed) {
        reject(fault('DOCUMENTS_UNAVAILABLE', { details: { reason: 'closed' } }));
        return;
      }
      this.#queue.push({ work, settle: resolve as (result: unknown) => void, fail: reject });
      if (this.#queue.length === 1) setImmediate(() => this.#flush());
    });
  }

  #flush(): void {
    const group = this.#queue;
    this.#queue = [];
    try {
      const results = this.#transaction(() => group.map(({ work }) => work()));
      group.forEach(({ settle }, i) => settle(results[i]));
    } catch (error) {
      if (group.length === 1) group[0]?.fail(this.translated(error));
      else group.forEach((queued) => this.#alone(queued));
    }
    if (this.#queue.length === 0) for (const done of this.#idle.splice(0)) done();
  }

  #alone({ work, settle, fail }: Queued): void {
    try {
      settle(this.#transaction(work));
    } catch (error) {
      fail(this.translated(error));
    }
  }

  #transaction<T>(work: () => T): T {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk makes SQLite roll back by itself; a second ROLLBACK would throw over the cause.
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  /** Many reads as one: each by itself would take and give back the file's lock. */
  read<T>(work: () => T): T {
    this.#connection.exec('BEGIN');
    try {
      return work();
    } finally {
      if (this.#connection.isTransaction) this.#connection.exec('COMMIT');
    }
  }

  /** Throws when anybody has found this file damaged since it was opened: it does not mend by itself. */
  async answer(): Promise<void> {
    if (this.#corrupt) throw this.#corrupt;
    await this.write(() => undefined);
  }

  /** SQLite's errors by number; ours pass. What is neither is a defect and keeps its stack. */
  translated(error: unknown): unknown {
    const number = (error as { errcode?: number }).errcode;
    const found = number === undefined ? undefined : storeFault(number, error);
    if (found?.code === 'STORE_CORRUPT') this.#corrupt ??= found;
    return found ?? error;
  }

  /**
   * Gives the file's free pages back to the disk where they are many. Nothing else goes on meanwhile, so this is for
   * a start. `auto_vacuum` would do it while others write, but every commit pays for it (docs/explanation/performance.md).
   */
  compact(): void {
    const number = (pragma: string): number =>
      Number(Object.values(this.sql(`PRAGMA ${pragma}`).get() ?? {})[0] ?? 0);
    const free = number('freelist_count');
    if (free < FEW_PAGES || free < number('page_count') / 3) return;
    try {
      this.#connection.exec('VACUUM');
    } catch (error) {
      const translated = this.translated(error);
      // It needs room for a copy. Without that the file stays as it is, and its free pages are used again.
      if (!(translated instanceof Fault && translated.code === 'STORE_FULL')) throw translated;
    }
    this.truncate();
  }

  /** Writes the WAL back and truncates it: overwritten rows are gone from every byte of both files. */
  truncate(): void {
    this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Copies all of it to a new file while it is used. What is written meanwhile is in the copy too. */
  copy(to: string, watch: CopyWatch): Promise<void> {
    return this.#copies.make(to, watch);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    // First of all: otherwise a caller that goes on writing would ask for a write between the last one and the end.
    this.#closed = true;
    await this.#copies.stop(fault('DOCUMENTS_UNAVAILABLE', { details: { reason: 'closed' } }));
    if (this.#queue.length > 0) await new Promise<void>((done) => this.#idle.push(done));
    this.#statements.clear();
    this.#connection.close();
  }
}

const storeFault = (number: number, cause: unknown): Fault | undefined => {
  if ((number & 0xff) === FULL) return fault('STORE_FULL', { cause });
  if (CORRUPT.has(number & 0xff)) return fault('STORE_CORRUPT', { cause });
  // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY
  if ([5, 6, 8, 10, 14].includes(number & 0xff)) return fault('DOCUMENTS_UNAVAILABLE', { cause });
  return undefined;
};
