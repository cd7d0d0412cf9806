import type { Id } from '#libs/kernel';
import type { VectorQuery } from '#libs/ports/search-index';

import { bestOf } from './best-of.js';
import { FacetReader } from './facets.js';
import type { IndexFile } from './index-file.js';
import type { GenerationTables } from './tables.js';
import { anyOf, type FilterTokens } from './terms.js';
import { cosineWith } from './vector-bytes.js';
import { VectorMap } from './vector-map.js';

export interface NearPassage {
  readonly number: number;
  readonly score: number;
}

/** What is read to know how near it is; of more, the signs choose. */
const READ_LEAST = 2_000;
const READ_FOR_EACH = 8;

/** What is asked of the vectors of one generation, inside a reading transaction. */
export class VectorReader {
  readonly #map: VectorMap;
  readonly #facets: FacetReader;

  constructor(
    private readonly file: IndexFile,
    private readonly tables: GenerationTables,
    readonly dimension: number,
  ) {
    this.#map = new VectorMap(file, tables, dimension);
    this.#facets = new FacetReader(file, tables);
  }

  warm(): void {
    this.#map.refresh();
  }

  lacking({ after, limit }: { readonly after?: string; readonly limit: number }): string[] {
    const than = after === undefined ? '>=' : '>';
    const { units } = this.tables;
    return this.file
      .sql(`SELECT unit FROM ${units} WHERE bare > 0 AND unit ${than} ? ORDER BY unit LIMIT ?`)
      .all(after ?? '', limit)
      .map(({ unit }) => String(unit));
  }

  /** Filters first, then all that passes by its signs, then the best of it exactly. */
  nearest({ vector, limit, from, to }: VectorQuery, filters: FilterTokens): NearPassage[] {
    this.#map.refresh();
    const about = filters.scope && this.#map.slotsOf(this.#numbersAbout(filters.scope));
    const facets = this.#facets.allowed(filters.facet);
    const passing = this.#map.passing(about, { facets, from, to });
    const most = Math.max(READ_LEAST, READ_FOR_EACH * limit);
    const statement = this.file.sql(`SELECT vector FROM ${this.tables.vectors} WHERE slot = ?`);
    return this.#roughlyNearest(passing, vector, most)
      .map((slot) => ({
        number: this.#map.numberAt(slot),
        score: cosineWith(vector, statement.get(slot)?.['vector'] as Uint8Array),
      }))
      .sort((one, other) => other.score - one.score || one.number - other.number)
      .slice(0, limit);
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

  #numbersAbout(scope: readonly string[]): number[] {
    const { terms } = this.tables;
    return this.file
      .sql(`SELECT rowid AS number FROM ${terms} WHERE ${terms} MATCH ?`)
      .all(anyOf(scope))
      .map(({ number }) => Number(number));
  }

  #roughlyNearest(slots: Uint32Array, vector: Float32Array, most: number): number[] {
    if (slots.length <= most) return [...slots];
    const places = bestOf(this.#map.roughly(slots, vector), most);
    return Array.from(places, (place) => slots[place] ?? 0);
  }
}
