import type { Id } from '#libs/kernel';
import type {
  IndexedUnit,
  IndexHit,
  IndexQuery,
  IndexStatistics,
  PassageVector,
  PassageVectors,
  SearchIndex,
  UnitPage,
  UnitState,
  VectorQuery,
  Vocabulary,
  VocabularyWord,
} from '#libs/ports/search-index';

import { IndexThread } from './index-thread.js';
import { assertGeneration } from './tables.js';

export interface SqliteSearchIndexOptions {
  /** A file of its own. */
  readonly path: string;
}

export interface SqliteSearchIndex extends SearchIndex, Vocabulary, PassageVectors {
  /** Throws when the file cannot be opened, or when anybody has found it damaged. */
  answer(): Promise<void>;
  /** Removes what was removed from every byte of the file, a slice at a time. */
  tidy(): Promise<void>;
  /** Carries out what was asked before, then ends both threads. */
  close(): Promise<void>;
}

type Terms = IndexQuery['terms'];

/** Passages in a file of their own. One thread writes and one reads, so nothing here holds up the event loop. */
class SearchIndexInFile implements SqliteSearchIndex {
  readonly #reader: IndexThread;
  readonly #writer: IndexThread;

  constructor(path: string) {
    this.#reader = new IndexThread('read', path);
    this.#writer = new IndexThread('write', path, (news) => this.#reader.tell('news', news));
  }

  async replace(generation: number, units: readonly IndexedUnit[]) {
    assertGeneration(generation);
    if (units.length === 0) return [];
    return (await this.#writer.ask('replace', generation, units)) as ('written' | 'stale')[];
  }

  async find(generation: number, query: IndexQuery) {
    return (await this.#ask('find', generation, query)) as IndexHit[];
  }

  async statistics(generation: number, terms: Terms) {
    return (await this.#ask('statistics', generation, terms)) as IndexStatistics;
  }

  async states(generation: number, units: readonly string[]) {
    return (await this.#ask('states', generation, units)) as (UnitState | undefined)[];
  }

  async unitsOf(generation: number, records: readonly string[]) {
    return (await this.#ask('unitsOf', generation, records)) as string[];
  }

  async list(generation: number, page: { readonly after?: string; readonly limit: number }) {
    return (await this.#ask('list', generation, page)) as UnitPage;
  }

  async drop(generation: number): Promise<void> {
    await this.#writer.ask('drop', assertGeneration(generation));
    this.#reader.tell('forget', generation);
  }

  async near(generation: number, words: readonly string[]) {
    return (await this.#ask('near', generation, words)) as VocabularyWord[][];
  }

  async beginning(generation: number, beginnings: readonly string[], limit: number) {
    return (await this.#ask('beginning', generation, beginnings, limit)) as VocabularyWord[][];
  }

  async count(generation: number, words: readonly string[]) {
    return (await this.#ask('count', generation, words)) as number[];
  }

  async begin(generation: number, { dimension }: { readonly dimension: number }): Promise<void> {
    await this.#writer.ask('begin', assertGeneration(generation), dimension);
  }

  async putVectors(generation: number, vectors: readonly PassageVector[]) {
    assertGeneration(generation);
    if (vectors.length === 0) return [];
    return (await this.#writer.ask('putVectors', generation, vectors)) as ('written' | 'stale')[];
  }

  async withoutVectors(
    generation: number,
    page: { readonly after?: string; readonly limit: number },
  ) {
    return (await this.#ask('withoutVectors', generation, page)) as string[];
  }

  async nearest(generation: number, query: VectorQuery) {
    return (await this.#ask('nearest', generation, query)) as IndexHit[];
  }

  async nearness(generation: number, vector: Float32Array, passages: readonly Id[]) {
    const nearness = await this.#ask('nearness', generation, vector, passages);
    return nearness as (number | undefined)[];
  }

  /** The file, both threads, and the words in memory. */
  async open(): Promise<void> {
    this.#reader.begin();
    await this.answer();
    this.#reader.tell('warm');
  }

  async answer(): Promise<void> {
    const corrupt = this.#writer.corrupt ?? this.#reader.corrupt;
    if (corrupt) throw corrupt;
    await this.#writer.ask('open');
    await this.#reader.ask('ping', 0);
  }

  async tidy(): Promise<void> {
    while (await this.#writer.ask('tidy'));
  }

  async close(): Promise<void> {
    await this.#reader.close();
    await this.#writer.close();
  }

  #ask(method: string, generation: number, ...args: readonly unknown[]): Promise<unknown> {
    return this.#reader.ask(method, assertGeneration(generation), ...args);
  }
}

/** Waits until the file is there. Its threads start with it, so that no question waits for them. */
export const sqliteSearchIndex = async ({
  path,
}: SqliteSearchIndexOptions): Promise<SqliteSearchIndex> => {
  const index = new SearchIndexInFile(path);
  try {
    await index.open();
    return index;
  } catch (error) {
    await index.close();
    throw error;
  }
};
