import { DatabaseSync, type StatementSync } from 'node:sqlite';

import type { IndexedUnit } from '#libs/ports/search-index';
import { load } from 'sqlite-vec';

const INT8 = 127;
/** Numbers of a vector of length 1 are small: so more of the eight bits is used. */
const STRETCH = 4;

export const int8Of = (vector: Float32Array): Uint8Array =>
  new Uint8Array(
    Int8Array.from(vector, (each) =>
      Math.max(-INT8, Math.min(INT8, Math.round(each * INT8 * STRETCH))),
    ).buffer,
  );

const floatsOf = (vector: Float32Array): Uint8Array =>
  new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);

/**
 * sqlite-vec as anybody would use it: eight bits a number in partitions by the home a passage is about, floats beside
 * to score again. No audience, no kind, no time.
 */
export class BareVectors {
  readonly #database: DatabaseSync;
  readonly #near: StatementSync;
  readonly #nearAnything: StatementSync;
  readonly #float: StatementSync;
  readonly #row: StatementSync;

  constructor(path: string, dimension: number) {
    this.#database = new DatabaseSync(path, { allowExtension: true });
    load(this.#database);
    this.#database.exec(`
      PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;
      PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 2000;
      CREATE VIRTUAL TABLE near USING vec0(
        home integer partition key, vector int8[${dimension}] distance_metric=cosine, chunk_size=256);
      CREATE VIRTUAL TABLE anything USING vec0(vector int8[${dimension}] distance_metric=cosine);
      CREATE TABLE floats (number INTEGER PRIMARY KEY, vector BLOB);
      CREATE TABLE passages (number INTEGER PRIMARY KEY, unit TEXT, kind TEXT, id TEXT, path TEXT, hash TEXT,
        scope TEXT);
    `);
    const nearest = 'vector MATCH vec_int8(?) AND k = ?';
    this.#near = this.#database.prepare(
      `SELECT rowid AS number FROM near WHERE ${nearest} AND home = ?`,
    );
    this.#nearAnything = this.#database.prepare(
      `SELECT rowid AS number FROM anything WHERE ${nearest}`,
    );
    this.#float = this.#database.prepare(
      'SELECT vec_distance_cosine(vector, ?) AS distance FROM floats WHERE number = ?',
    );
    this.#row = this.#database.prepare('SELECT * FROM passages WHERE number = ?');
  }

  fill(units: readonly IndexedUnit[], from: number): void {
    const passage = this.#database.prepare('INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)');
    const near = this.#database.prepare(
      'INSERT INTO near (rowid, home, vector) VALUES (?, ?, vec_int8(?))',
    );
    const anything = this.#database.prepare(
      'INSERT INTO anything (rowid, vector) VALUES (?, vec_int8(?))',
    );
    const float = this.#database.prepare('INSERT INTO floats VALUES (?, ?)');
    let number = from;
    this.#database.exec('BEGIN IMMEDIATE');
    for (const { unit, kind, passages } of units)
      for (const { id, path, hash, scope, vector } of passages) {
        if (!vector) continue;
        const rowid = BigInt(number);
        passage.run(number, unit, kind, id, path, hash, JSON.stringify(scope));
        near.run(rowid, BigInt(homeIn(scope)), int8Of(vector));
        anything.run(rowid, int8Of(vector));
        float.run(number++, floatsOf(vector));
      }
    this.#database.exec('COMMIT');
  }

  nearest(vector: Float32Array, limit: number, home?: number): unknown[] {
    const eight = int8Of(vector);
    const found =
      home === undefined
        ? this.#nearAnything.all(eight, limit)
        : this.#near.all(eight, limit, BigInt(home));
    return found
      .map(({ number }) => ({
        number: Number(number),
        distance: Number(this.#float.get(floatsOf(vector), Number(number))?.['distance']),
      }))
      .sort((one, other) => one.distance - other.distance)
      .map(({ number, distance }) => ({ ...this.#row.get(number), distance }));
  }

  close(): void {
    this.#database.close();
  }
}

/** The first scope of a passage is its home. */
const homeIn = ([home = '']: readonly string[]): number => Number(home.split('.')[1]);
