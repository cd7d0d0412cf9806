import { fault } from '#libs/kernel';

import type { IndexFile } from './index-file.js';

/** One row for each generation that is there; what is counted of it is exact after every commit. */
const GENERATIONS = `
  CREATE TABLE IF NOT EXISTS generations (
    generation INTEGER PRIMARY KEY, passages INTEGER NOT NULL, stems INTEGER NOT NULL,
    next_passage INTEGER NOT NULL, changes INTEGER NOT NULL) STRICT;
`;

export interface GenerationRow {
  readonly passages: number;
  /** Terms in the field `stem`, all together. */
  readonly stems: number;
  /** Numbers of passages only grow: so every table of them is written at its end. */
  readonly next_passage: number;
  /** Grows with every commit that changed something. */
  readonly changes: number;
}

export interface UnitRow {
  readonly number: number;
  readonly unit: string;
  readonly kind: string;
  readonly generation: number;
  readonly era: number;
  readonly position: number;
  readonly digest: string;
  readonly first: number;
  readonly passages: number;
  readonly stems: number;
  /** Its member records, where they are others than the unit itself. */
  readonly records: string | null;
  readonly words: Uint8Array;
}

export interface PassageRow {
  readonly id: string;
  readonly path: string;
  readonly hash: string;
  readonly language: string;
  readonly from_at: number | null;
  readonly to_at: number | null;
  /** Missing where it is the unit alone. */
  readonly records: string | null;
  readonly scope: string;
}

/**
 * The tables of one generation, by name. A unit's passages are the numbers from `first` on. `members` names units by
 * records that are not the unit itself. `words` holds each word of the vocabulary in a slot of its own; see words.ts.
 */
export const tablesOf = (generation: number) => {
  const of = (name: string) => `${name}_${generation}`;
  return {
    units: of('units'),
    passages: of('passages'),
    members: of('members'),
    words: of('words'),
    terms: of('terms'),
    counts: of('counts'),
  };
};
export type GenerationTables = ReturnType<typeof tablesOf>;

const schemaOf = ({ units, passages, members, words, terms, counts }: GenerationTables) => `
  CREATE TABLE ${units} (
    number INTEGER PRIMARY KEY, unit TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    generation INTEGER NOT NULL, era INTEGER NOT NULL, position INTEGER NOT NULL,
    digest TEXT NOT NULL, first INTEGER NOT NULL, passages INTEGER NOT NULL, stems INTEGER NOT NULL,
    records TEXT, words BLOB NOT NULL) STRICT;
  CREATE TABLE ${passages} (
    number INTEGER PRIMARY KEY, unit INTEGER NOT NULL, id TEXT NOT NULL, path TEXT NOT NULL, hash TEXT NOT NULL,
    language TEXT NOT NULL, from_at INTEGER, to_at INTEGER, records TEXT, scope TEXT NOT NULL) STRICT;
  CREATE TABLE ${members} (
    record TEXT NOT NULL, unit INTEGER NOT NULL, PRIMARY KEY (record, unit)) STRICT, WITHOUT ROWID;
  CREATE TABLE ${words} (slot INTEGER PRIMARY KEY, word BLOB NOT NULL) STRICT;
  CREATE VIRTUAL TABLE ${terms} USING fts5(
    filters, title, word, stem, part, content = '', contentless_delete = 1, tokenize = 'ascii');
  CREATE VIRTUAL TABLE ${counts} USING fts5vocab(${terms}, 'row');
`;

/** Only whole numbers: they become names of tables. */
export const assertGeneration = (generation: number): number => {
  if (!Number.isSafeInteger(generation) || generation < 0)
    throw fault('DEFECT_UNKNOWN', { details: { generation } });
  return generation;
};

export const generationRow = (file: IndexFile, generation: number): GenerationRow | undefined =>
  file
    .sql('SELECT passages, stems, next_passage, changes FROM generations WHERE generation = ?')
    .get(generation) as unknown as GenerationRow | undefined;

export const createGenerations = (file: IndexFile): void => file.exec(GENERATIONS);

/** Inside a transaction. */
export const createGeneration = (file: IndexFile, generation: number): void => {
  file.sql('INSERT INTO generations VALUES (?, 0, 0, 1, 0)').run(assertGeneration(generation));
  file.exec(schemaOf(tablesOf(generation)));
};

/** First it is there no more, for anybody; then its tables go, one after the other. */
export const dropGeneration = (file: IndexFile, generation: number): void => {
  file.sql('DELETE FROM generations WHERE generation = ?').run(assertGeneration(generation));
  const { counts, terms, passages, units, members, words } = tablesOf(generation);
  file.forget();
  for (const table of [counts, terms, passages, units, members, words])
    file.exec(`DROP TABLE IF EXISTS ${table}`);
};

/** What a drop left behind that did not come to its end. */
export const finishDrops = (file: IndexFile): void => {
  const left = file
    .sql(
      `SELECT DISTINCT CAST(substr(name, instr(name, '_') + 1) AS INTEGER) AS generation FROM sqlite_schema
       WHERE type = 'table' AND (name GLOB 'units_[0-9]*' OR name GLOB 'words_[0-9]*' OR name GLOB 'members_[0-9]*')
         AND CAST(substr(name, instr(name, '_') + 1) AS INTEGER) NOT IN (SELECT generation FROM generations)`,
    )
    .all();
  for (const { generation } of left) dropGeneration(file, Number(generation));
};

export const recordsIn = (records: string | null): readonly string[] =>
  records === null ? [] : (JSON.parse(records) as string[]);
