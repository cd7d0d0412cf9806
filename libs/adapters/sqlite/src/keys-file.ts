import { DatabaseSync, type StatementSync } from 'node:sqlite';

import { fault } from '#libs/kernel';

import { Copies } from './backup/copies.js';
import type { CopyWatch } from './backup/copy-connection.js';
import { CORRUPT } from './database.js';

/**
 * A slot holds one wrapped key from its creation to its destruction, and never moves. Rows are only added at the
 * right end, and their content and the overwriting zeros have the same length. So no page split leaves a second copy
 * of a key behind, and overwriting one place in the file destroys it.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS keys (
    slot INTEGER PRIMARY KEY,
    stream TEXT NOT NULL UNIQUE,
    wrapped BLOB NOT NULL
  );
  CREATE TABLE IF NOT EXISTS tombstones (
    stream TEXT PRIMARY KEY,
    destroyed_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS platform (
    name TEXT PRIMARY KEY,
    wrapped BLOB NOT NULL
  ) WITHOUT ROWID;
`;

/** The file of the keys: apart from everything they seal, with backups of its own. */
export class KeysFile {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  readonly #copies: Copies;

  constructor(path: string) {
    this.#connection = this.guard(() => new DatabaseSync(path));
    this.#copies = new Copies(this.#connection);
    this.exec(`
      PRAGMA busy_timeout = 5000;
      PRAGMA page_size = 16384;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -8192;
    `);
    this.write(() => this.exec(SCHEMA));
  }

  exec(sql: string): void {
    this.guard(() => this.#connection.exec(sql));
  }

  sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (!statement) this.#statements.set(text, (statement = this.#connection.prepare(text)));
    return statement;
  }

  /** Runs `work` in one transaction and is durable when it answers. */
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

  /** Many reads as one: each by itself would take and give back the file's lock. */
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

  /** Changes whenever another connection, of this or another process, has committed. */
  version(): unknown {
    return this.guard(() => this.sql('PRAGMA data_version').get()?.['data_version']);
  }

  /** Writes the WAL back and truncates it; only then are overwritten keys gone from every byte. */
  truncate(): void {
    const result = this.guard(() => this.sql('PRAGMA wal_checkpoint(TRUNCATE)').get());
    if (result?.['busy'] !== 0) throw fault('KEYS_UNAVAILABLE', { details: { reason: 'busy' } });
  }

  /** Copies all of it to a new file while it is used. A key that is destroyed meanwhile is destroyed in the copy too. */
  copy(to: string, watch: CopyWatch): Promise<void> {
    return this.#copies.make(to, watch);
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  close(): void {
    // SQLite keeps the file for a copy until its step is over.
    void this.#copies.stop(fault('KEYS_UNAVAILABLE', { details: { reason: 'closed' } }));
    this.#statements.clear();
    if (this.#connection.isOpen) this.#connection.close();
  }

  /** SQLite's errors in the words of the port. */
  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw translated(error);
    }
  }
}

const FULL = 13;
/** SQLITE_BUSY, _LOCKED, _READONLY, _IOERR, _CANTOPEN. */
const AWAY = new Set([5, 6, 8, 10, 14]);

const translated = (cause: unknown): unknown => {
  const { errcode, code } = cause as { errcode?: number; code?: string };
  if (code === 'ERR_INVALID_STATE')
    return fault('KEYS_UNAVAILABLE', { details: { reason: 'closed' }, cause });
  if (errcode === undefined) return cause;
  if ((errcode & 0xff) === FULL) return fault('STORE_FULL', { cause });
  if (CORRUPT.has(errcode & 0xff)) return fault('STORE_CORRUPT', { cause });
  return AWAY.has(errcode & 0xff) ? fault('KEYS_UNAVAILABLE', { cause }) : cause;
};
