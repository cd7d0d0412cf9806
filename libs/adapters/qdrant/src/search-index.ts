import { fault, type Clock, type Id } from '#libs/kernel';
import type {
  IndexedUnit,
  IndexQuery,
  PassageVector,
  PassageVectors,
  SearchIndex,
  VectorQuery,
  Vocabulary,
} from '#libs/ports/search-index';

import { Collections } from './collections.js';
import { StampedSearch } from './stamped-search.js';
import { Orphans } from './orphans.js';
import { QdrantServer, type QdrantServerOptions } from './server.js';
import { Statistics } from './statistics.js';
import { UnitReader } from './unit-reader.js';
import { UnitWriter } from './unit-writer.js';
import { Vectors } from './vectors.js';
import { Words } from './words.js';
import { WriteQueue } from './write-queue.js';

export interface QdrantSearchIndexOptions extends QdrantServerOptions {
  /** Names of collections begin so: letters, digits, `-` and `_`. Nobody else's may. */
  readonly prefix: string;
  readonly clock: Clock;
}

export interface QdrantSearchIndex extends SearchIndex, Vocabulary, PassageVectors {
  /** Throws when it does not answer us. */
  answer(): Promise<void>;
  /** Removes what writers left that died on the way. */
  tidy(): Promise<void>;
  /** Every generation of this prefix. */
  dropAll(): Promise<void>;
  /** Collections whose name begins with this prefix and an id of so long ago. */
  dropOlder(prefix: string, ageMs: number): Promise<void>;
  /** Carries out what was asked before. */
  close(): Promise<void>;
}

type UnitsFrom = { readonly after?: string; readonly limit: number };

class SearchIndexInQdrant implements QdrantSearchIndex {
  readonly #server: QdrantServer;
  readonly #collections: Collections;
  readonly #parts: {
    readonly server: QdrantServer;
    readonly collections: Collections;
    readonly now: () => number;
  };
  readonly #units: UnitReader;
  readonly #search: StampedSearch;
  readonly #statistics: Statistics;
  readonly #words: Words;
  readonly #vectors: Vectors;
  readonly #orphans: Orphans;
  readonly #queues = new Map<number, WriteQueue>();
  #closed = false;

  constructor(private readonly options: QdrantSearchIndexOptions) {
    this.#server = new QdrantServer(options);
    this.#collections = new Collections(this.#server, options.prefix);
    const { clock } = options;
    this.#parts = { server: this.#server, collections: this.#collections, now: () => clock.now() };
    this.#units = new UnitReader(this.#parts);
    this.#search = new StampedSearch(this.#parts);
    this.#statistics = new Statistics(this.#parts);
    this.#words = new Words(this.#parts);
    this.#vectors = new Vectors(this.#parts);
    this.#orphans = new Orphans(this.#parts);
  }

  async replace(generation: number, units: readonly IndexedUnit[]) {
    const queue = this.#queueOf(generation);
    if (units.length === 0) return [];
    try {
      return await queue.replace(units);
    } finally {
      this.#words.changed(generation);
    }
  }

  find(generation: number, query: IndexQuery) {
    return this.#search.byTerms(generation, query);
  }

  statistics(generation: number, terms: IndexQuery['terms']) {
    return this.#statistics.of(generation, terms);
  }

  states(generation: number, units: readonly string[]) {
    return this.#units.states(generation, units);
  }

  unitsOf(generation: number, records: readonly string[]) {
    return this.#units.unitsOf(generation, records);
  }

  list(generation: number, page: UnitsFrom) {
    return this.#units.list(generation, page);
  }

  async drop(generation: number): Promise<void> {
    await this.#queueOf(generation).alone(async () => {
      await this.#collections.drop(generation);
      this.#words.forget(generation);
      this.#statistics.forget(generation);
    });
  }

  async near(generation: number, words: readonly string[]) {
    const known = await this.#words.of(generation);
    return words.map((word) => known.near(word));
  }

  async beginning(generation: number, beginnings: readonly string[], limit: number) {
    const known = await this.#words.of(generation);
    return beginnings.map((beginning) => known.beginning(beginning, limit));
  }

  async count(generation: number, words: readonly string[]) {
    const known = await this.#words.of(generation);
    return words.map((word) => known.count(word));
  }

  async begin(generation: number, { dimension }: { readonly dimension: number }): Promise<void> {
    await this.#queueOf(generation).alone(() => this.#vectors.begin(generation, dimension));
  }

  async putVectors(generation: number, vectors: readonly PassageVector[]) {
    return this.#queueOf(generation).alone(() => this.#vectors.put(generation, vectors));
  }

  withoutVectors(generation: number, page: UnitsFrom) {
    return this.#vectors.without(generation, page);
  }

  nearest(generation: number, query: VectorQuery) {
    return this.#search.byMeaning(generation, query);
  }

  nearness(generation: number, vector: Float32Array, passages: readonly Id[]) {
    return this.#vectors.nearness(generation, vector, passages);
  }

  async answer(): Promise<void> {
    await this.#server.read((client) => client.collectionExists(this.options.prefix));
  }

  tidy(): Promise<void> {
    return this.#orphans.sweep();
  }

  async dropAll(): Promise<void> {
    for (const generation of await this.#collections.generations()) await this.drop(generation);
  }

  dropOlder(prefix: string, ageMs: number): Promise<void> {
    return this.#collections.dropOlder(prefix, this.options.clock.now() - ageMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#queues.values()].map((queue) => queue.drained()));
    this.#server.close();
  }

  #queueOf(generation: number): WriteQueue {
    if (this.#closed) throw fault('SEARCH_INDEX_UNAVAILABLE', { details: { reason: 'closed' } });
    const known = this.#queues.get(generation);
    if (known) return known;
    const writer = new UnitWriter(this.#parts, generation);
    const queue = new WriteQueue((units) => writer.write(units));
    this.#queues.set(generation, queue);
    return queue;
  }
}

/** Asks nobody yet: a server that is away now may be there when somebody needs it. */
export const qdrantSearchIndex = (options: QdrantSearchIndexOptions): QdrantSearchIndex =>
  new SearchIndexInQdrant(options);
