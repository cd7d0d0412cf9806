import { DatabaseSync, type StatementSync } from 'node:sqlite';

import { fault } from '#libs/kernel';

import { CORRUPT } from '../database.js';

const FULL = 13;
/** SQLITE_BUSY, _LOCKED, _READONLY, _IOERR, _CANTOPEN. */
const AWAY = new Set([5, 6, 8, 10, 14]);

const translated = (cause: unknown): unknown => {
  const { errcode, code } = cause as { errcode?: number; code?: string };
  if (code === 'ERR_INVALID_STATE') return fault('SEARCH_INDEX_UNAVAILABLE', { cause });
  if (errcode === undefined) return cause;
  if ((errcode & 0xff) === FULL) return fault('STORE_FULL', { cause });
  // 267 is SQLITE_CORRUPT_VTAB: FTS5 found a segment that it did not write.
  if (CORRUPT.has(errcode & 0xff)) return fault('STORE_CORRUPT', { cause });
  return AWAY.has(errcode & 0xff) ? fault('SEARCH_INDEX_UNAVAILABLE', { cause }) : cause;
};

/**
 * One connection of one thread to the file of the index. `synchronous` is NORMAL: an answered write survives the end
 * of the process. What a power cut takes is seen as missing and written again.
 */
export class IndexFile {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, { readOnly = false } = {}) {
    this.#connection = this.guard(() => new DatabaseSync(path, { readOnly }));
    this.guard(() =>
      this.#connection.exec(`
        PRAGMA busy_timeout = 5000;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -65536;
        ${readOnly ? 'PRAGMA query_only = ON;' : WRITER}
      `),
    );
  }

  exec(sql: string): void {
    this.guard(() => this.#connection.exec(sql));
  }

  sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (!statement) this.#statements.set(text, (statement = this.#connection.prepare(text)));
    return statement;
  }

  /** All of `work` or nothing of it. */
  write<T>(work: () => T): T {
    return this.guard(() => {
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
    });
  }

  /** Everything that `work` reads is of one moment. */
  read<T>(work: () => T): T {
    return this.guard(() => {
      this.#connection.exec('BEGIN');
      try {
        return work();
      } finally {
        if (this.#connection.isTransaction) this.#connection.exec('COMMIT');
      }
    });
  }

  /** SQLite's errors in the words of the port. */
  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw translated(error);
    }
  }

  /** Before a table goes: a statement that is still prepared for it would keep it locked. */
  forget(): void {
    this.#statements.clear();
  }

  close(): void {
    this.#statements.clear();
    if (this.#connection.isOpen) this.#connection.close();
  }
}

const WRITER = `
  PRAGMA page_size = 16384;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA secure_delete = ON;
  PRAGMA wal_autocheckpoint = 2000;
`;
