import type { Id } from '#libs/kernel';
import {
  checkVector,
  VocabularyIndex,
  type IndexHit,
  type IndexQuery,
  type IndexStatistics,
  type TermField,
  type TermHash,
  type UnitPage,
  type UnitState,
  type VectorQuery,
  type VocabularyWord,
  type WordCount,
} from '#libs/ports/search-index';

import { chosenTerms, costs } from './chosen-terms.js';
import { Frequencies } from './frequencies.js';
import type { IndexFile } from './index-file.js';
import {
  generationRow,
  recordsIn,
  tablesOf,
  type GenerationRow,
  type GenerationTables,
  type PassageRow,
  type UnitRow,
} from './tables.js';
import {
  filtersOf,
  filterTokens,
  matchOf,
  OVERLAPS,
  timesOf,
  termFields,
  termToken,
  tokensOf,
} from './terms.js';
import { VectorReader } from './vector-reader.js';
import { IndexWords } from './words.js';

/** Up to so many passages no question costs much. */
const SMALL = 20_000;

interface FieldTerm {
  readonly field: TermField;
  readonly term: TermHash;
}

interface Match {
  readonly number: number;
  readonly score: number;
}

/** Everything that is asked. Lives in the thread that reads; each answer is of one moment. */
export class IndexReader {
  readonly #vocabularies = new Map<number, VocabularyIndex>();
  readonly #frequencies = new Map<number, Frequencies>();
  readonly #vectors = new Map<number, VectorReader>();

  constructor(private readonly file: IndexFile) {}

  find(generation: number, query: IndexQuery): readonly IndexHit[] {
    const filters = filtersOf(query);
    const tokens = tokensOf(query.terms);
    if (!filters || tokens.length === 0 || query.limit < 1) return [];
    return this.#in(generation, [], ({ tables, row }) => {
      const terms = this.#terms(generation, row, tokens, query);
      if (terms === '') return [];
      const matches = this.#matches(tables, query, matchOf(terms, filters));
      return matches.map(({ number, score }) => this.#hit(tables, number, score));
    });
  }

  statistics(generation: number, terms: readonly FieldTerm[]): IndexStatistics {
    const nothing = { passages: 0, averageLength: 0, frequencies: terms.map(() => 0) };
    return this.#in(generation, nothing, ({ row }) => ({
      passages: row.passages,
      averageLength: row.passages > 0 ? row.stems / row.passages : 0,
      frequencies: terms.map(({ field, term }) =>
        this.#frequenciesOf(generation).of(termToken(field, term), row, 0.01),
      ),
    }));
  }

  states(generation: number, units: readonly string[]): readonly (UnitState | undefined)[] {
    const nothing = units.map(() => undefined);
    return this.#in(generation, nothing, ({ tables }) => {
      const statement = this.file.sql(`SELECT * FROM ${tables.units} WHERE unit = ?`);
      return units.map((unit) => {
        const row = statement.get(unit) as unknown as UnitRow | undefined;
        return row && stateOf(row);
      });
    });
  }

  unitsOf(generation: number, records: readonly string[]): readonly string[] {
    return this.#in(generation, [], ({ tables }) => {
      const own = this.file.sql(
        `SELECT unit FROM ${tables.units} WHERE unit = ? AND passages > 0 AND records IS NULL`,
      );
      const others = this.file.sql(
        `SELECT u.unit FROM ${tables.members} m JOIN ${tables.units} u ON u.number = m.unit WHERE m.record = ?`,
      );
      const found = records.flatMap((record) => [...own.all(record), ...others.all(record)]);
      return [...new Set(found.map(({ unit }) => String(unit)))];
    });
  }

  list(
    generation: number,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): UnitPage {
    return this.#in<UnitPage>(generation, { items: [] }, ({ tables }) => {
      const rows = this.file
        .sql(
          `SELECT * FROM ${tables.units} WHERE unit ${after === undefined ? '>=' : '>'} ? ORDER BY unit LIMIT ?`,
        )
        .all(after ?? '', limit + 1) as unknown as UnitRow[];
      const items = rows.slice(0, limit).map(stateOf);
      const last = items.at(-1);
      return rows.length > limit && last ? { items, next: last.unit } : { items };
    });
  }

  withoutVectors(
    generation: number,
    page: { readonly after?: string; readonly limit: number },
  ): readonly string[] {
    return this.#near(generation, [], ({ vectors }) => vectors.lacking(page));
  }

  nearest(generation: number, query: VectorQuery): readonly IndexHit[] {
    const filters = filterTokens(query);
    return this.#near(generation, [], ({ tables, vectors }) => {
      checkVector(query.vector, vectors.dimension);
      if (!filters || query.limit < 1) return [];
      const found = vectors.nearest(query, filters);
      return found.map(({ number, score }) => this.#hit(tables, number, score));
    });
  }

  nearness(
    generation: number,
    vector: Float32Array,
    passages: readonly Id[],
  ): readonly (number | undefined)[] {
    const nothing = passages.map(() => undefined);
    return this.#near<(number | undefined)[]>(generation, nothing, ({ vectors }) => {
      checkVector(vector, vectors.dimension);
      return vectors.nearness(vector, passages);
    });
  }

  near(generation: number, words: readonly string[]): VocabularyWord[][] {
    const vocabulary = this.#vocabulary(generation);
    return words.map((word) => vocabulary?.near(word) ?? []);
  }

  beginning(generation: number, beginnings: readonly string[], limit: number): VocabularyWord[][] {
    const vocabulary = this.#vocabulary(generation);
    return beginnings.map((beginning) => vocabulary?.beginning(beginning, limit) ?? []);
  }

  count(generation: number, words: readonly string[]): number[] {
    const vocabulary = this.#vocabulary(generation);
    return words.map((word) => vocabulary?.count(word) ?? 0);
  }

  /** What the writer has committed since; comes before every question that must see it. */
  apply(generation: number, changed: readonly WordCount[], isNew: boolean): void {
    if (isNew) this.#vocabularies.set(generation, new VocabularyIndex(changed));
    else this.#vocabularies.get(generation)?.apply(changed);
  }

  /** Loads the words and what is known of vectors, which takes a second where there are many, before somebody waits for them. */
  warm(): void {
    const generations = this.file.read(() =>
      this.file.sql('SELECT generation FROM generations').all(),
    );
    for (const { generation } of generations) {
      this.#vocabulary(Number(generation));
      this.#near(Number(generation), undefined, ({ vectors }) => vectors.warm());
    }
  }

  forget(generation: number): void {
    this.#vocabularies.delete(generation);
    this.#frequencies.delete(generation);
    this.#vectors.delete(generation);
    this.file.forget();
  }

  #in<T>(
    generation: number,
    nothing: T,
    work: (of: { readonly tables: GenerationTables; readonly row: GenerationRow }) => T,
  ): T {
    return this.file.read(() => {
      const row = generationRow(this.file, generation);
      return row ? work({ tables: tablesOf(generation), row }) : nothing;
    });
  }

  /** Where there is no dimension, nothing is near. */
  #near<T>(
    generation: number,
    nothing: T,
    work: (of: { readonly tables: GenerationTables; readonly vectors: VectorReader }) => T,
  ): T {
    return this.#in(generation, nothing, ({ tables, row: { dimension } }) => {
      if (dimension === null) return nothing;
      let vectors = this.#vectors.get(generation);
      if (vectors?.dimension !== dimension)
        this.#vectors.set(generation, (vectors = new VectorReader(this.file, tables, dimension)));
      return work({ tables, vectors });
    });
  }

  #matches(tables: GenerationTables, query: IndexQuery, match: string): readonly Match[] {
    const { weights, from, to, limit } = query;
    const isTimed = from !== undefined || to !== undefined;
    const time = isTimed
      ? `JOIN ${tables.passages} p ON p.number = ${tables.terms}.rowid AND ${OVERLAPS}`
      : '';
    const times = isTimed ? timesOf(query) : [];
    return this.file
      .sql(
        `SELECT ${tables.terms}.rowid AS number, -bm25(${tables.terms}, 0, ?, ?, ?, ?) AS score
         FROM ${tables.terms} ${time} WHERE ${tables.terms} MATCH ? ORDER BY score DESC, number LIMIT ?`,
      )
      .all(
        ...termFields.map((field) => weights[field]),
        ...times,
        match,
        limit,
      ) as unknown as Match[];
  }

  #hit(tables: GenerationTables, number: number, score: number): IndexHit {
    const row = this.file
      .sql(
        `SELECT p.*, u.unit AS unit_name, u.kind FROM ${tables.passages} p
         JOIN ${tables.units} u ON u.number = p.unit WHERE p.number = ?`,
      )
      .get(number) as unknown as PassageRow & { unit_name: string; kind: string };
    const { unit_name: unit, kind, id, path, hash, language, from_at: from, to_at: to } = row;
    return {
      unit,
      kind,
      score,
      passage: {
        ...{ id: id, path, hash, language },
        records: row.records === null ? [unit] : recordsIn(row.records),
        scope: JSON.parse(row.scope) as string[],
        ...(from !== null && { from }),
        ...(to !== null && { to }),
      },
    };
  }

  /** In a small generation every term; in a large one what a question may cost. */
  #terms(
    generation: number,
    row: GenerationRow,
    tokens: readonly string[],
    { scope }: IndexQuery,
  ): string {
    if (row.passages <= SMALL) return tokens.join(' OR ');
    const frequencies = this.#frequenciesOf(generation);
    return chosenTerms(
      tokens.map((token) => ({ token, passages: frequencies.of(token, row, 0.2) })),
      { all: row.passages, most: scope ? costs.scoped : costs.unscoped },
    );
  }

  #frequenciesOf(generation: number): Frequencies {
    let known = this.#frequencies.get(generation);
    if (!known) this.#frequencies.set(generation, (known = new Frequencies(this.file, generation)));
    return known;
  }

  #vocabulary(generation: number): VocabularyIndex | undefined {
    const known = this.#vocabularies.get(generation);
    if (known) return known;
    return this.#in(generation, undefined, ({ tables }) => {
      const vocabulary = new VocabularyIndex(new IndexWords(this.file, tables).all());
      this.#vocabularies.set(generation, vocabulary);
      return vocabulary;
    });
  }
}

const stateOf = ({
  unit,
  kind,
  generation,
  era,
  position,
  digest,
  passages,
}: UnitRow): UnitState => ({
  ...{ unit, kind, digest, passages },
  fence: { generation, era, position },
});
