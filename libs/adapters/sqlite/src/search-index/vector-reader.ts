import type { Id } from '#libs/kernel';
import type { VectorQuery } from '#libs/ports/search-index';

import type { IndexFile } from './index-file.js';
import type { GenerationTables } from './tables.js';
import { OVERLAPS, timesOf } from './terms.js';
import { cosineWith } from './vector-bytes.js';

export interface NearPassage {
  readonly number: number;
  readonly score: number;
}

/** What is asked of the vectors of one generation, inside a reading transaction. */
export class VectorReader {
  constructor(
    private readonly file: IndexFile,
    private readonly tables: GenerationTables,
  ) {}

  lacking({ after, limit }: { readonly after?: string; readonly limit: number }): string[] {
    const than = after === undefined ? '>=' : '>';
    const { units } = this.tables;
    return this.file
      .sql(`SELECT unit FROM ${units} WHERE bare > 0 AND unit ${than} ? ORDER BY unit LIMIT ?`)
      .all(after ?? '', limit)
      .map(({ unit }) => String(unit));
  }

  nearest(query: VectorQuery, filters: readonly string[]): NearPassage[] {
    const { terms, passages, vectors } = this.tables;
    return this.file
      .sql(
        `SELECT p.number, v.vector FROM ${terms} t JOIN ${passages} p ON p.number = t.rowid
         JOIN ${vectors} v ON v.slot = p.slot WHERE ${terms} MATCH ? AND ${OVERLAPS}`,
      )
      .all(filters.join(' AND '), ...timesOf(query))
      .map(({ number, vector }) => ({
        number: Number(number),
        score: cosineWith(query.vector, vector as Uint8Array),
      }))
      .sort((one, other) => other.score - one.score || one.number - other.number)
      .slice(0, query.limit);
  }

  nearness(vector: Float32Array, ids: readonly Id[]): (number | undefined)[] {
    const { passages, vectors } = this.tables;
    const statement = this.file.sql(
      `SELECT v.vector FROM ${passages} p JOIN ${vectors} v ON v.slot = p.slot WHERE p.id = ?`,
    );
    return ids.map((id) => {
      const row = statement.get(id);
      return row && cosineWith(vector, row['vector'] as Uint8Array);
    });
  }
}
