import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { topics } from '#libs/contracts';

import { marksIn } from './marks.js';

/** Where clear personal text is by design: what is derived, and what doors wrote and intake has not kept yet. */
const mayBeClear = (table: string): boolean => /^documents_records_/.test(table);
const clearTopics: readonly string[] = Object.values(topics)
  .filter(({ clear }) => clear)
  .map(({ name }) => name);

export interface Found {
  readonly where: string;
  readonly marks: readonly string[];
}

/** Row by row, of a database that may be in use: everything but what is clear by design. */
export const marksInRows = (path: string): Found[] => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return tablesOf(database).flatMap((table) => {
      if (mayBeClear(table)) return [];
      const statement = database.prepare(`SELECT * FROM ${rowsOf(table)}`);
      return [...statement.iterate(...(table === 'bus_messages' ? clearTopics : []))].flatMap(
        (row) => foundIn(table, Buffer.concat(Object.values(row).map(bytesOf))),
      );
    });
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

const foundIn = (where: string, bytes: Uint8Array): Found[] => {
  const marks = marksIn(bytes);
  return marks.length > 0 ? [{ where, marks }] : [];
};

/** Byte by byte, of the files of a stopped platform: every page by what owns it, free ones too, and the WAL. */
export const marksInFile = (path: string): Found[] => {
  const owners = ownersOf(path);
  const bytes = readFileSync(path);
  const size = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
  const found: Found[] = [];
  for (let page = 1; page * size <= bytes.length; page++) {
    const owner = owners.get(page) ?? 'free page';
    found.push(...foundIn(owner, bytes.subarray((page - 1) * size, page * size)));
  }
  for (const beside of [`${path}-wal`, `${path}-journal`])
    if (existsSync(beside)) found.push(...foundIn(beside.slice(-8), readFileSync(beside)));
  return found;
};

export const ofDerived = ({ where }: Found): boolean => mayBeClear(where);

const ownersOf = (path: string): Map<number, string> => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const indexes = database
      .prepare(`SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index'`)
      .all();
    const tables = new Map(indexes.map(({ name, tbl_name }) => [name, String(tbl_name)]));
    const pages = database.prepare('SELECT name, pageno FROM dbstat').all();
    return new Map(
      pages.map(({ name, pageno }) => [Number(pageno), tables.get(name) ?? String(name)]),
    );
  } finally {
    database.close();
  }
};
