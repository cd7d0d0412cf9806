import type { Schemas } from '@qdrant/js-client-rest';

import { CLOCKS_APART_MS, Recent } from '#libs/kernel';
import {
  checkVector,
  type IndexHit,
  type IndexQuery,
  type VectorQuery,
} from '#libs/ports/search-index';

import { MEANING, TERMS, unlessAbsent, type Collections } from './collections.js';
import {
  anyOf,
  conditionsOf,
  passesNothing,
  type PassageFilters,
  type PointFilter,
} from './filters.js';
import { HIT_FIELDS, hitOf, timeOfStamp, type PassagePayload } from './points.js';
import type { QdrantServer } from './server.js';
import { queryVector, shortVector } from './terms.js';
import { readUnits } from './unit-points.js';

export interface StampedSearchParts {
  readonly server: QdrantServer;
  readonly collections: Collections;
  readonly now: () => number;
}

type Nearest = Pick<Schemas['QueryRequest'], 'query' | 'using' | 'params'>;

interface FoundPassage {
  readonly payload: PassagePayload;
  readonly score: number;
}

const MOST_ROUNDS = 6;
const KNOWN_STAMPS = 100_000;

/**
 * Searches passages and keeps those whose unit names their stamp. Where one has another stamp, it searches once more. It does so, too, where a unit was
 * written so lately that the search may have met it half written: by then it is whole. So nobody sees a part of a unit, nor less than a limit because of what does not count.
 */
export class StampedSearch {
  /** Since when a stamp is known to be whole, by this process's own watch. */
  readonly #whole = new Recent<number>(KNOWN_STAMPS);

  constructor(private readonly parts: StampedSearchParts) {}

  async byTerms(generation: number, query: IndexQuery): Promise<readonly IndexHit[]> {
    const vector = queryVector(query);
    if (vector.indices.length === 0) return [];
    return this.#search(generation, query, { query: vector, using: TERMS });
  }

  async byMeaning(generation: number, query: VectorQuery): Promise<readonly IndexHit[]> {
    const dimension = await this.parts.collections.dimensionOf(generation);
    if (dimension === undefined) return [];
    checkVector(query.vector, dimension);
    return this.#search(generation, query, { query: shortVector(query.vector), using: MEANING });
  }

  async #search(
    generation: number,
    asked: PassageFilters & { readonly limit: number },
    nearest: Nearest,
  ): Promise<readonly IndexHit[]> {
    if (asked.limit <= 0 || passesNothing(asked)) return [];
    const must = conditionsOf(asked);
    const found = await this.#live(generation, (dead) =>
      this.#query(generation, { ...nearest, limit: asked.limit }, { must, must_not: dead }),
    );
    return found
      .sort((a, b) => b.score - a.score || (a.payload.id < b.payload.id ? -1 : 1))
      .map(({ payload, score }) => hitOf(payload, score));
  }

  async #live(
    generation: number,
    search: (dead: PointFilter['must_not']) => Promise<FoundPassage[]>,
  ): Promise<FoundPassage[]> {
    const settledBefore = this.parts.now() - CLOCKS_APART_MS;
    const dead = new Set<string>();
    for (let round = 1; ; round++) {
      const began = performance.now();
      const found = await search(dead.size > 0 ? [anyOf('stamp', [...dead])] : []);
      const stamps = await this.#stampsOf(generation, found);
      const live = found.filter(({ payload }) => stamps.get(payload.unit) === payload.stamp);
      const isSettled = live.every(
        ({ payload: { stamp } }) =>
          timeOfStamp(stamp) < settledBefore || (this.#whole.get(stamp) ?? Infinity) <= began,
      );
      const read = performance.now();
      for (const stamp of stamps.values())
        if (this.#whole.get(stamp) === undefined) this.#whole.set(stamp, read);
      if (round === MOST_ROUNDS || (isSettled && live.length === found.length)) return live;
      for (const { payload } of found)
        if (stamps.get(payload.unit) !== payload.stamp) dead.add(payload.stamp);
    }
  }

  async #query(
    generation: number,
    nearest: Nearest & { readonly limit: number },
    filter: PointFilter,
  ): Promise<FoundPassage[]> {
    const { passages: name } = this.parts.collections.names(generation);
    const answer = await this.parts.server
      .read((client) =>
        client.query(name, { ...nearest, filter, with_payload: { include: [...HIT_FIELDS] } }),
      )
      .catch(unlessAbsent);
    return (answer?.points ?? []).map(({ payload, score }) => ({
      payload: payload as unknown as PassagePayload,
      score,
    }));
  }

  async #stampsOf(
    generation: number,
    found: readonly FoundPassage[],
  ): Promise<ReadonlyMap<string, string>> {
    const names = [...new Set(found.map(({ payload }) => payload.unit))];
    const units = await readUnits(this.parts, generation, names, ['stamp']);
    return new Map(names.flatMap((name, i) => (units[i] ? [[name, units[i].stamp]] : [])));
  }
}
