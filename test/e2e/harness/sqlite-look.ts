import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { kindNames, recordCollection } from '#libs/catalog';
import { topics } from '#libs/contracts';

import { marksIn } from './marks.js';

/**
 * Where clear personal text is by design. People read the live records; a rebuild makes or drops others at this moment.
 * Doors wrote deliveries that intake has not kept yet. The records of a rebuild that is over are not among them.
 */
const tablesOfRecords = (generations: readonly number[]): ReadonlySet<string> =>
  new Set(
    kindNames.flatMap((kind) =>
      generations.map((generation) => `documents_${recordCollection(kind, generation).name}`),
    ),
  );

/** The generation that people read, and those that a rebuild makes or has yet to drop. */
const generationsOf = (database: DatabaseSync): { live: number; left: readonly number[] } => {
  const first = { live: 1, left: [] };
  if (!tablesOf(database).includes('documents_generations')) return first;
  const row = database.prepare(`SELECT body FROM documents_generations WHERE id = 'catalog'`).get();
  return row ? { ...first, ...(JSON.parse(String(row['body'])) as object) } : first;
};
const clearTopics: readonly string[] = Object.values(topics)
  .filter(({ clear }) => clear)
  .map(({ name }) => name);

export interface Found {
  readonly where: string;
  /** Among the records that people read. */
  readonly derived: boolean;
  readonly marks: readonly string[];
}

/** Row by row, of a database that may be in use: everything but what is clear by design. */
export const marksInRows = (path: string): Found[] => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    // One moment of the database: what a rebuild drops meanwhile is still there to be read.
    database.exec('BEGIN');
    const { live, left } = generationsOf(database);
    const clear = tablesOfRecords([live, ...left]);
    return tablesOf(database).flatMap((table) => {
      if (clear.has(table)) return [];
      const statement = database.prepare(`SELECT * FROM ${rowsOf(table)}`);
      return [...statement.iterate(...(table === 'bus_messages' ? clearTopics : []))].flatMap(
        (row) => foundIn(table, Buffer.concat(Object.values(row).map(bytesOf)), false),
      );
    });
  } finally {
    database.close();
  }
};

/** Which marks stand in the rows of one collection. */
export const marksInTable = (path: string, collection: string): string[] => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare(`SELECT * FROM documents_${collection}`).all();
    return rows.flatMap((row) => marksIn(Buffer.concat(Object.values(row).map(bytesOf))));
  } finally {
    database.close();
  }
};

const tablesOf = (database: DatabaseSync): string[] =>
  database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .all()
    .map(({ name }) => String(name));

const rowsOf = (table: string): string => {
  if (table !== 'bus_messages') return table;
  const names = clearTopics.map(() => '?').join(', ');
  return `bus_messages WHERE subscription NOT IN (
    SELECT s.id FROM bus_subscriptions s JOIN bus_topics t ON t.id = s.topic
    WHERE t.name IN (${names}))`;
};

const bytesOf = (value: unknown): Uint8Array =>
  value instanceof Uint8Array ? value : Buffer.from(String(value));

const foundIn = (where: string, bytes: Uint8Array, derived: boolean): Found[] => {
  const marks = marksIn(bytes);
  return marks.length > 0 ? [{ where, marks, derived }] : [];
};

/** Byte by byte, of the files of a stopped platform: every page by what owns it, free ones too, and the WAL. */
export const marksInFile = (path: string): Found[] => {
  const { owners, clear } = ownersOf(path);
  const bytes = readFileSync(path);
  const size = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
  const found: Found[] = [];
  for (let page = 1; page * size <= bytes.length; page++) {
    const owner = owners.get(page) ?? 'free page';
    found.push(...foundIn(owner, bytes.subarray((page - 1) * size, page * size), clear.has(owner)));
  }
  for (const beside of [`${path}-wal`, `${path}-journal`])
    if (existsSync(beside)) found.push(...foundIn(beside.slice(-8), readFileSync(beside), false));
  return found;
};

export const ofDerived = ({ derived }: Found): boolean => derived;

interface Pages {
  /** Whose each page is. */
  readonly owners: ReadonlyMap<number, string>;
  readonly clear: ReadonlySet<string>;
}

const ownersOf = (path: string): Pages => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const indexes = database
      .prepare(`SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index'`)
      .all();
    const tables = new Map(indexes.map(({ name, tbl_name }) => [name, String(tbl_name)]));
    const pages = database.prepare('SELECT name, pageno FROM dbstat').all();
    return {
      owners: new Map(
        pages.map(({ name, pageno }) => [Number(pageno), tables.get(name) ?? String(name)]),
      ),
      clear: tablesOfRecords([generationsOf(database).live]),
    };
  } finally {
    database.close();
  }
};
