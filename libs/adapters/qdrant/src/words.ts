import { VocabularyIndex } from '#libs/ports/search-index';

import { unlessAbsent, type Collections } from './collections.js';
import type { QdrantServer } from './server.js';

/** More words than any generation has. */
const ALL_WORDS = 1_000_000;
/** Loaded faster than this, words are loaded before each question that may find them changed. */
const QUICK_MS = 150;
const QUICK_KEPT_MS = 1_000;
/** Else they are loaded beside the questions, for at most a twentieth of the time. */
const REST = 20;

interface LoadedWords {
  readonly words: VocabularyIndex;
  readonly at: number;
  readonly tookMs: number;
  /** What this process had written when they were loaded. */
  readonly writes: number;
}

/**
 * The words of a generation in memory, as one list of Qdrant: each word that stands in a unit, with in how many. They
 * are never counted here, so nothing can be counted wrongly by writers that meet or die.
 */
export class Words {
  readonly #loaded = new Map<number, LoadedWords>();
  readonly #loading = new Map<number, Promise<LoadedWords>>();
  readonly #writes = new Map<number, number>();

  constructor(
    private readonly parts: {
      readonly server: QdrantServer;
      readonly collections: Collections;
      readonly now: () => number;
    },
  ) {}

  /** A write of this process was answered. */
  changed(generation: number): void {
    this.#writes.set(generation, this.#writesOf(generation) + 1);
  }

  forget(generation: number): void {
    this.changed(generation);
    this.#loaded.delete(generation);
  }

  async of(generation: number): Promise<VocabularyIndex> {
    const loaded = this.#loaded.get(generation);
    if (!loaded) return (await this.#load(generation)).words;
    const age = this.parts.now() - loaded.at;
    if (loaded.tookMs <= QUICK_MS) {
      const isCurrent = loaded.writes === this.#writesOf(generation) && age < QUICK_KEPT_MS;
      return isCurrent ? loaded.words : (await this.#load(generation)).words;
    }
    if (age > REST * loaded.tookMs) void this.#load(generation).catch(() => undefined);
    return loaded.words;
  }

  /** One at a time; who asks after a write waits for a list that was begun after it. */
  async #load(generation: number): Promise<LoadedWords> {
    const writes = this.#writesOf(generation);
    const loading = this.#loading.get(generation);
    if (loading) {
      const loaded = await loading;
      if (loaded.writes >= writes) return loaded;
    }
    const again = this.#loading.get(generation);
    if (again && again !== loading) return this.#load(generation);
    const begun = this.#read(generation, writes).finally(() => this.#loading.delete(generation));
    this.#loading.set(generation, begun);
    return begun;
  }

  async #read(generation: number, writes: number): Promise<LoadedWords> {
    const { units: name } = this.parts.collections.names(generation);
    const at = this.parts.now();
    const began = performance.now();
    const facet = await this.parts.server
      .read((client) => client.facet(name, { key: 'words', limit: ALL_WORDS, exact: true }))
      .catch(unlessAbsent);
    const words = new VocabularyIndex(
      (facet?.hits ?? []).map(({ value, count }): [string, number] => [String(value), count]),
    );
    const loaded = { words, at, tookMs: performance.now() - began, writes };
    this.#loaded.set(generation, loaded);
    return loaded;
  }

  #writesOf(generation: number): number {
    return this.#writes.get(generation) ?? 0;
  }
}
