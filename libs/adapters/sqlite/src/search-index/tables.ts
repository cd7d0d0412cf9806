import { fault } from '#libs/kernel';

import type { IndexFile } from './index-file.js';

/** One row for each generation that is there; what is counted of it is exact after every commit. */
const GENERATIONS = `
  CREATE TABLE IF NOT EXISTS generations (
    generation INTEGER PRIMARY KEY, passages INTEGER NOT NULL, stems INTEGER NOT NULL,
    next_passage INTEGER NOT NULL, changes INTEGER NOT NULL, dimension INTEGER) STRICT;
`;

export interface GenerationRow {
  readonly passages: number;
  /** Terms in the field `stem`, all together. */
  readonly stems: number;
  /** Numbers of passages only grow: so every table of them is written at its end. */
  readonly next_passage: number;
  /** Grows with every commit that changed something. */
  readonly changes: number;
  /** Of its vectors; missing: it takes none. */
  readonly dimension: number | null;
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
  /** Passages without a vector; none are counted where there are no vectors. */
  readonly bare: number;
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
  /** Where its vector is; see vector-slots.ts. */
  readonly slot: number | null;
  /** Its kind and audience, where there are vectors; see facets.ts. */
  readonly facet: number | null;
}

/**
 * The tables of one generation, by name. A unit's passages are the numbers from `first` on. `members` names units by
 * records that are not the unit itself. `words` holds each word of the vocabulary in a slot of its own; see words.ts.
 * What is for vectors is there in a generation with a dimension only.
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
    vectors: of('vectors'),
    marks: of('marks'),
    facets: of('facets'),
    moves: of('moves'),
    centres: of('centres'),
    ids: of('ids'),
    bare: of('bare'),
  };
};
export type GenerationTables = ReturnType<typeof tablesOf>;

const schemaOf = ({ units, passages, members, words, terms, counts }: GenerationTables) => `
  CREATE TABLE ${units} (
    number INTEGER PRIMARY KEY, unit TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    generation INTEGER NOT NULL, era INTEGER NOT NULL, position INTEGER NOT NULL,
    digest TEXT NOT NULL, first INTEGER NOT NULL, passages INTEGER NOT NULL, stems INTEGER NOT NULL,
    records TEXT, words BLOB NOT NULL, bare INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE ${passages} (
    number INTEGER PRIMARY KEY, unit INTEGER NOT NULL, id TEXT NOT NULL, path TEXT NOT NULL, hash TEXT NOT NULL,
    language TEXT NOT NULL, from_at INTEGER, to_at INTEGER, records TEXT, scope TEXT NOT NULL,
    slot INTEGER, facet INTEGER) STRICT;
  CREATE TABLE ${members} (
    record TEXT NOT NULL, unit INTEGER NOT NULL, PRIMARY KEY (record, unit)) STRICT, WITHOUT ROWID;
  CREATE TABLE ${words} (slot INTEGER PRIMARY KEY, word BLOB NOT NULL) STRICT;
  CREATE VIRTUAL TABLE ${terms} USING fts5(
    filters, title, word, stem, part, content = '', contentless_delete = 1, tokenize = 'ascii');
  CREATE VIRTUAL TABLE ${counts} USING fts5vocab(${terms}, 'row');
`;

/** A slot has a row of one length in `vectors` and in `marks`. Each row of `moves` names the slots of a transaction. */
const vectorSchemaOf = (tables: GenerationTables) => `
  CREATE TABLE ${tables.vectors} (slot INTEGER PRIMARY KEY, vector BLOB NOT NULL) STRICT;
  CREATE TABLE ${tables.marks} (slot INTEGER PRIMARY KEY, head BLOB NOT NULL, code BLOB NOT NULL) STRICT;
  CREATE TABLE ${tables.facets} (facet INTEGER PRIMARY KEY, filters TEXT NOT NULL) STRICT;
  CREATE TABLE ${tables.moves} (move INTEGER PRIMARY KEY, slots BLOB NOT NULL) STRICT;
  CREATE TABLE ${tables.centres} (centre BLOB NOT NULL) STRICT;
  CREATE INDEX ${tables.ids} ON ${tables.passages} (id);
  CREATE INDEX ${tables.bare} ON ${tables.units} (unit) WHERE bare > 0;
`;

/** Only whole numbers: they become names of tables. */
export const assertGeneration = (generation: number): number => {
  if (!Number.isSafeInteger(generation) || generation < 0)
    throw fault('DEFECT_UNKNOWN', { details: { generation } });
  return generation;
};

export const generationRow = (file: IndexFile, generation: number): GenerationRow | undefined =>
  file
    .sql(
      'SELECT passages, stems, next_passage, changes, dimension FROM generations WHERE generation = ?',
    )
    .get(generation) as unknown as GenerationRow | undefined;

/** Inside a transaction. */
export const createGenerations = (file: IndexFile): void => {
  file.exec(GENERATIONS);
  const columns = file.sql("SELECT name FROM pragma_table_info('generations')").all();
  if (columns.some(({ name }) => name === 'dimension')) return;
  file.exec('ALTER TABLE generations ADD COLUMN dimension INTEGER');
  for (const { generation } of file.sql('SELECT generation FROM generations').all()) {
    const { units, passages } = tablesOf(Number(generation));
    file.exec(`ALTER TABLE ${units} ADD COLUMN bare INTEGER NOT NULL DEFAULT 0`);
    for (const column of ['slot', 'facet'])
      file.exec(`ALTER TABLE ${passages} ADD COLUMN ${column} INTEGER`);
  }
};

/** Inside a transaction. Without a dimension it never holds a vector. */
export const createGeneration = (
  file: IndexFile,
  generation: number,
  dimension: number | null,
): void => {
  file
    .sql('INSERT INTO generations VALUES (?, 0, 0, 1, 0, ?)')
    .run(assertGeneration(generation), dimension);
  const tables = tablesOf(generation);
  file.exec(schemaOf(tables));
  if (dimension !== null) file.exec(vectorSchemaOf(tables));
};

/** First it is there no more, for anybody; then its tables go, one after the other. */
export const dropGeneration = (file: IndexFile, generation: number): void => {
  file.sql('DELETE FROM generations WHERE generation = ?').run(assertGeneration(generation));
  const { counts, terms, passages, units, members, words, ...others } = tablesOf(generation);
  const { vectors, marks, facets, moves, centres } = others;
  file.forget();
  for (const table of [
    counts,
    terms,
    vectors,
    marks,
    facets,
    moves,
    centres,
    passages,
    units,
    members,
    words,
  ])
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
