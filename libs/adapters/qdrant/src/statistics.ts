import { Recent } from '#libs/kernel';
import type { IndexQuery, IndexStatistics } from '#libs/ports/search-index';

import { unlessAbsent, type Collections } from './collections.js';
import type { QdrantServer } from './server.js';
import { termNumber } from './terms.js';

/** In a larger generation what was counted may be a little old. */
const SMALL = 20_000;
const KEPT_MS = 2_000;
const KEPT_TERMS = 20_000;
/** Requests at once. */
const BESIDE = 24;
const ALL_VALUES = 100_000;

interface KeptFigure<T> {
  readonly value: T;
  readonly until: number;
}

interface Totals {
  readonly passages: number;
  readonly stems: number;
}

/**
 * Counts by Qdrant's payload indexes, nothing of which is kept here. Totals are over the units, which are right also
 * after a write that was never ended; each term is over the passages.
 */
export class Statistics {
  readonly #totals = new Map<number, KeptFigure<Totals>>();
  readonly #counts = new Recent<KeptFigure<number>>(KEPT_TERMS);

  constructor(
    private readonly parts: {
      readonly server: QdrantServer;
      readonly collections: Collections;
      readonly now: () => number;
    },
  ) {}

  async of(generation: number, terms: IndexQuery['terms']): Promise<IndexStatistics> {
    const { passages, stems } = await this.#totalsOf(generation);
    const numbers = terms.map(({ field, term }) => termNumber(field, term));
    const counts = new Map<number, number>();
    const asked = passages > 0 ? [...new Set(numbers)] : [];
    for (let from = 0; from < asked.length; from += BESIDE)
      await Promise.all(
        asked.slice(from, from + BESIDE).map(async (number) => {
          counts.set(number, await this.#countOf(generation, number, passages > SMALL));
        }),
      );
    return {
      passages,
      averageLength: passages > 0 ? stems / passages : 0,
      // While a unit is replaced, its passages stand there twice.
      frequencies: numbers.map((number) => Math.min(counts.get(number) ?? 0, passages)),
    };
  }

  forget(generation: number): void {
    this.#totals.delete(generation);
    this.#counts.clear();
  }

  async #totalsOf(generation: number): Promise<Totals> {
    const kept = this.#totals.get(generation);
    if (kept && kept.until > this.parts.now()) return kept.value;
    const [passages, stems] = await Promise.all([
      this.#sum(generation, 'passages'),
      this.#sum(generation, 'stems'),
    ]);
    const totals = { passages, stems };
    if (passages > SMALL)
      this.#totals.set(generation, { value: totals, until: this.parts.now() + KEPT_MS });
    return totals;
  }

  /** Each value times how many units have it. */
  async #sum(generation: number, key: 'passages' | 'stems'): Promise<number> {
    const { units: name } = this.parts.collections.names(generation);
    const facet = await this.parts.server
      .read((client) => client.facet(name, { key, limit: ALL_VALUES, exact: true }))
      .catch(unlessAbsent);
    return (facet?.hits ?? []).reduce((sum, { value, count }) => sum + Number(value) * count, 0);
  }

  async #countOf(generation: number, number: number, mayBeOld: boolean): Promise<number> {
    const { passages: name } = this.parts.collections.names(generation);
    const key = `${generation} ${number}`;
    const kept = mayBeOld ? this.#counts.get(key) : undefined;
    if (kept && kept.until > this.parts.now()) return kept.value;
    const filter = { must: [{ key: 'terms', match: { value: number } }] };
    const answer = await this.parts.server
      .read((client) => client.count(name, { filter, exact: true }))
      .catch(unlessAbsent);
    const value = answer?.count ?? 0;
    if (mayBeOld) this.#counts.set(key, { value, until: this.parts.now() + KEPT_MS });
    return value;
  }
}
