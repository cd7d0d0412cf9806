import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

import type { CopiedHead, CopyLook } from './messages.js';
import { digestTables, tablesOf } from './table-digests.js';

const CHUNK = 1024 * 1024;

export interface CleanedCopy {
  readonly raw: string;
  readonly clean: string;
  readonly waitingAt: string | undefined;
  /** Asked once, with every table. */
  readonly drop: (tables: readonly string[]) => Promise<readonly string[]>;
}

/**
 * Takes out what is not kept, and writes the rest to a file of its own: what was removed is in no byte of it. Nothing of
 * the raw copy is worth a journal or a sync.
 */
export const cleanCopy = async (
  { raw, clean, waitingAt, drop }: CleanedCopy,
  onTable: (name: string) => void,
): Promise<CopyLook> => {
  const database = new DatabaseSync(raw);
  let waiting: number | undefined;
  try {
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      PRAGMA secure_delete = OFF; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;
    `);
    const tables = tablesOf(database);
    if (waitingAt !== undefined) waiting = waitingIn(database, tables, waitingAt);
    const gone = await drop(tables);
    database.exec('BEGIN');
    for (const table of gone) database.exec(`DROP TABLE "${table}"`);
    database.exec('COMMIT');
    database.prepare('VACUUM INTO ?').run(clean);
  } finally {
    database.close();
  }
  rmSync(raw);
  const file = openSync(clean, 'r+');
  fsyncSync(file);
  closeSync(file);
  return { ...lookAt(clean, onTable, false), ...(waiting !== undefined && { waiting }) };
};

/** Opens it so that SQLite leaves nothing beside it, and asks of everything what it is. */
export const lookAt = (
  path: string,
  onTable: (name: string) => void,
  checks: boolean,
): CopyLook => {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    const troubles = checks ? troublesIn(database) : 0;
    const tables = digestTables(database, onTable);
    const head = 'log_commits' in tables ? headIn(database) : undefined;
    return {
      sqlite: String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']),
      bytes: statSync(path).size,
      sha256: digestFile(path),
      troubles,
      tables,
      ...(head && { head }),
    };
  } finally {
    database.close();
  }
};

const waitingIn = (
  database: DatabaseSync,
  tables: readonly string[],
  subscription: string,
): number => {
  if (!tables.includes('bus_messages')) return 0;
  const row = database
    .prepare(
      `SELECT count(*) AS waiting FROM bus_messages WHERE subscription =
       (SELECT id FROM bus_subscriptions WHERE name = ?)`,
    )
    .get(subscription);
  return Number(row?.['waiting'] ?? 0);
};

/** Counted: its texts may name what stands in an index. */
const troublesIn = (database: DatabaseSync): number =>
  database
    .prepare('PRAGMA integrity_check')
    .all()
    .filter((row) => row['integrity_check'] !== 'ok').length;

const headIn = (database: DatabaseSync): CopiedHead | undefined => {
  const last = database
    .prepare('SELECT first, count, era, hash FROM log_commits ORDER BY first DESC LIMIT 1')
    .get();
  return (
    last && {
      era: Number(last['era']),
      position: Number(last['first']) + Number(last['count']) - 1,
      hash: Buffer.from(last['hash'] as Uint8Array).toString('hex'),
    }
  );
};

const digestFile = (path: string): string => {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(CHUNK);
  const file = openSync(path, 'r');
  try {
    for (let read = 0; (read = readSync(file, chunk)) > 0;) hash.update(chunk.subarray(0, read));
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
};
