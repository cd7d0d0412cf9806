import { createHash, type Hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

import { TABLE_PREFIX } from '../documents-table.js';

export interface TableDigest {
  readonly count: number;
  /** SHA-256 over its rows in the order of its key, as hex. */
  readonly checksum: string;
}

const CHUNK = 256 * 1024;

/** Under which name a table stands in a manifest: that of its collection. */
export const manifestName = (table: string): string =>
  table.startsWith(TABLE_PREFIX) ? table.slice(TABLE_PREFIX.length) : table;

export const tablesOf = (database: DatabaseSync): readonly string[] =>
  database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name`,
    )
    .all()
    .map(({ name }) => String(name));

/** Row by row: no table is held in memory. Says each table before it reads it. */
export const digestTables = (
  database: DatabaseSync,
  onTable: (name: string) => void,
): Readonly<Record<string, TableDigest>> =>
  Object.fromEntries(
    tablesOf(database).map((table) => {
      onTable(manifestName(table));
      return [manifestName(table), digestTable(database, table)];
    }),
  );

const digestTable = (database: DatabaseSync, table: string): TableDigest => {
  const columns = database.prepare('SELECT name, pk FROM pragma_table_info(?)').all(table);
  const names = columns.map(({ name }) => quoted(String(name)));
  const key = columns
    .filter(({ pk }) => Number(pk) > 0)
    .sort((one, other) => Number(one['pk']) - Number(other['pk']))
    .map(({ name }) => quoted(String(name)));
  const order = key.length > 0 ? key.join(', ') : 'rowid';
  const rows = database.prepare(
    `SELECT ${names.join(', ')} FROM ${quoted(table)} ORDER BY ${order}`,
  );
  rows.setReturnArrays(true);
  rows.setReadBigInts(true);
  const content = new ContentHash();
  names.forEach((name) => content.add(name));
  let count = 0;
  for (const row of rows.iterate() as unknown as Iterable<readonly unknown[]>) {
    for (const value of row) content.add(value);
    count++;
  }
  return { count, checksum: content.hex() };
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Each value with its type and its length, so that no two rows of values look alike. */
class ContentHash {
  readonly #hash: Hash = createHash('sha256');
  #parts: Uint8Array[] = [];
  #bytes = 0;

  add(value: unknown): void {
    const [type, bytes] = written(value);
    this.#push(Buffer.from(`${type}${bytes.length}:`));
    this.#push(bytes);
  }

  hex(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }

  #push(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= CHUNK) this.#flush();
  }

  #flush(): void {
    this.#hash.update(Buffer.concat(this.#parts));
    this.#parts = [];
    this.#bytes = 0;
  }
}

const NOTHING = new Uint8Array();

const written = (value: unknown): [type: string, bytes: Uint8Array] => {
  if (value === null) return ['n', NOTHING];
  if (value instanceof Uint8Array) return ['b', value];
  if (typeof value === 'string') return ['t', Buffer.from(value)];
  if (typeof value === 'bigint') return ['i', Buffer.from(value.toString())];
  return ['r', Buffer.from((value as number).toString())];
};
