import type { IndexedPassage } from '#libs/ports/search-index';

import type { IndexFile } from './index-file.js';
import type { GenerationTables } from './tables.js';
import { facetText } from './terms.js';

/**
 * Each kind with each audience that occurs in a generation, by a number. There are few of them, so a question asks them
 * once and not each passage.
 */
export class FacetWriter {
  readonly #known = new Map<string, number>();
  readonly #add: ReturnType<IndexFile['sql']>;

  constructor(file: IndexFile, { facets }: Pick<GenerationTables, 'facets'>) {
    for (const { facet, filters } of file.sql(`SELECT facet, filters FROM ${facets}`).all())
      this.#known.set(String(filters), Number(facet));
    this.#add = file.sql(`INSERT INTO ${facets} (filters) VALUES (?)`);
  }

  of(kind: string, audience: IndexedPassage['audience']): number {
    const filters = facetText(kind, audience);
    let facet = this.#known.get(filters);
    if (facet === undefined) {
      facet = Number(this.#add.run(filters).lastInsertRowid);
      this.#known.set(filters, facet);
    }
    return facet;
  }
}

/** The same for who reads: which facets a question may find. */
export class FacetReader {
  readonly #tokens: (ReadonlySet<string> | undefined)[] = [];

  constructor(
    private readonly file: IndexFile,
    private readonly tables: Pick<GenerationTables, 'facets'>,
  ) {}

  /** A mark for each facet, by its number. Every group must have one of its tokens there. */
  allowed(groups: readonly (readonly string[])[]): Uint8Array {
    this.#read();
    const allowed = new Uint8Array(Math.max(1, this.#tokens.length));
    this.#tokens.forEach((tokens, facet) => {
      const passes = groups.every((group) => group.some((token) => tokens?.has(token)));
      allowed[facet] = passes ? 1 : 0;
    });
    return allowed;
  }

  /** Facets are added and never changed. */
  #read(): void {
    const rows = this.file
      .sql(`SELECT facet, filters FROM ${this.tables.facets} WHERE facet >= ?`)
      .all(this.#tokens.length);
    for (const { facet, filters } of rows)
      this.#tokens[Number(facet)] = new Set(String(filters).split(' '));
  }
}
