import { DatabaseSync, type StatementSync } from 'node:sqlite';

import type { IndexedUnit, IndexQuery, TermField } from '#libs/ports/search-index';

const fields: readonly TermField[] = ['title', 'word', 'stem', 'part'];

type BareValues = readonly (string | number | null)[];

/** A passage as rows: all that FTS5 and one plain table need, ready to be bound. */
export interface BarePassage {
  readonly number: number;
  readonly plain: BareValues;
  readonly text: readonly string[];
  /** Its floats as they are. */
  readonly vector: Uint8Array | undefined;
}

export interface BareRows {
  readonly passages: readonly BarePassage[];
  readonly units: readonly BareValues[];
  readonly words: readonly string[];
}

const word = (text: string): string => `x${Buffer.from(text).toString('hex')}`;

export const bareRowsOf = (units: readonly IndexedUnit[], from: number): BareRows => ({
  passages: passagesOf(units, from),
  units: units.map(({ unit, kind, fence, digest }) => [unit, kind, fence.position, digest]),
  words: units.flatMap(({ words }) => words),
});

const passagesOf = (units: readonly IndexedUnit[], from: number): BarePassage[] =>
  units
    .flatMap(({ unit, kind, passages }) => passages.map((passage) => ({ unit, kind, passage })))
    .map(({ unit, kind, passage }, i) => ({
      number: from + i,
      plain: [
        ...[unit, kind, passage.id, passage.path, passage.hash, passage.language],
        ...[passage.from ?? null, passage.to ?? null, JSON.stringify(passage.scope)],
      ],
      text: [
        [...passage.scope, ...passage.audience].map(word).join(' '),
        ...fields.map((field) => passage.terms[field].map((term) => term.toString(36)).join(' ')),
      ],
      vector: passage.vector && new Uint8Array(passage.vector.buffer),
    }));

/**
 * FTS5 and tables beside it, on one thread, as anybody would write it down: the same rows, but no word is counted,
 * none leaves, and nothing is fenced.
 */
export class BareIndex {
  readonly #database: DatabaseSync;
  readonly #remove: StatementSync;
  readonly #text: StatementSync;
  readonly #plain: StatementSync;
  readonly #unit: StatementSync;
  readonly #word: StatementSync;
  readonly #vector: StatementSync;

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    // As durable as the platform's index.
    this.#database.exec(`
      PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;
      PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 2000;
      CREATE VIRTUAL TABLE terms USING fts5(
        filters, title, word, stem, part, content = '', contentless_delete = 1, tokenize = 'ascii');
      CREATE TABLE passages (number INTEGER PRIMARY KEY, unit TEXT, kind TEXT, id TEXT, path TEXT, hash TEXT,
        language TEXT, from_at INTEGER, to_at INTEGER, scope TEXT);
      CREATE TABLE units (unit TEXT PRIMARY KEY, kind TEXT, position INTEGER, digest TEXT) WITHOUT ROWID;
      CREATE TABLE vectors (number INTEGER PRIMARY KEY, vector BLOB);
      CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
    `);
    this.#unit = this.#database.prepare('INSERT OR REPLACE INTO units VALUES (?, ?, ?, ?)');
    this.#word = this.#database.prepare('INSERT OR IGNORE INTO words VALUES (?)');
    this.#vector = this.#database.prepare('INSERT OR REPLACE INTO vectors VALUES (?, ?)');
    this.#remove = this.#database.prepare('DELETE FROM terms WHERE rowid = ?');
    this.#text = this.#database.prepare(
      'INSERT INTO terms (rowid, filters, title, word, stem, part) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#plain = this.#database.prepare(
      'INSERT OR REPLACE INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
  }

  upsert({ passages, units, words }: BareRows): void {
    this.#database.exec('BEGIN IMMEDIATE');
    for (const unit of units) this.#unit.run(...unit);
    for (const word of words) this.#word.run(word);
    for (const { number, plain, text, vector } of passages) {
      this.#remove.run(number);
      this.#text.run(number, ...text);
      this.#plain.run(number, ...plain);
      if (vector) this.#vector.run(number, vector);
    }
    this.#database.exec('COMMIT');
  }

  find({ terms, weights, scope, limit }: IndexQuery): unknown[] {
    const any = terms.map(({ field, term }) => `${field} : "${term.toString(36)}"`).join(' OR ');
    const about = scope?.map((one) => `filters : ${word(one)}`).join(' OR ');
    return this.#database
      .prepare(
        `SELECT p.*, bm25(terms, 0, ?, ?, ?, ?) AS score FROM terms JOIN passages p ON p.number = terms.rowid
         WHERE terms MATCH ? ORDER BY score LIMIT ?`,
      )
      .all(
        ...fields.map((field) => weights[field]),
        about === undefined ? any : `(${about}) AND (${any})`,
        limit,
      );
  }

  /** Everything goes, so that it begins again as it began. */
  clear(): void {
    for (const table of ['passages', 'units', 'words', 'vectors'])
      this.#database.exec(`DELETE FROM ${table}`);
    this.#database.exec("INSERT INTO terms (terms) VALUES ('delete-all')");
  }

  close(): void {
    this.#database.close();
  }
}
