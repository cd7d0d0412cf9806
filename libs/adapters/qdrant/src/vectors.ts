import type { Schemas } from '@qdrant/js-client-rest';

import { fault, type Id } from '#libs/kernel';
import { checkDimension, checkVector, type PassageVector } from '#libs/ports/search-index';

import { MEANING, unlessAbsent, type Collections } from './collections.js';
import { AbsentCollection } from './faults.js';
import { anyOf } from './filters.js';
import { idAfter, placeOf, type PassagePayload } from './points.js';
import type { QdrantServer } from './server.js';
import { shortVector } from './terms.js';
import { readUnits } from './unit-points.js';
import type { WriteOutcome } from './write-queue.js';

export interface VectorsParts {
  readonly server: QdrantServer;
  readonly collections: Collections;
}

type FoundPoint = { readonly id: string | number; readonly payload: PassagePayload };

/** Of one request. */
const PART = 200;
const PAGE = 500;

/** Vectors beside passages that are there. A flag says where one stands, because that can be filtered by. */
export class Vectors {
  constructor(private readonly parts: VectorsParts) {}

  async begin(generation: number, dimension: number): Promise<void> {
    checkDimension(dimension);
    const ready = await this.parts.collections.ready(generation, dimension);
    if (ready.dimension !== dimension)
      throw fault('SEARCH_INDEX_DIMENSION', {
        details: { generation, wanted: dimension, is: ready.dimension ?? 0 },
      });
  }

  async put(
    generation: number,
    vectors: readonly PassageVector[],
  ): Promise<readonly WriteOutcome[]> {
    if (vectors.length === 0) return [];
    const dimension = await this.parts.collections.dimensionOf(generation);
    for (const { vector } of vectors) checkVector(vector, dimension);
    const outcomes: WriteOutcome[] = [];
    for (let from = 0; from < vectors.length; from += PART)
      outcomes.push(...(await this.#putPart(generation, vectors.slice(from, from + PART))));
    return outcomes;
  }

  async without(
    generation: number,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<readonly string[]> {
    const units: string[] = [];
    if ((await this.parts.collections.dimensionOf(generation)) === undefined) return units;
    let offset = after === undefined ? undefined : idAfter(placeOf(after));
    if (after !== undefined && offset === undefined) return units;
    while (units.length < limit) {
      const found = await this.#lacking(generation, offset);
      const names = [...new Set(found.points.map(({ payload }) => payload.unit))];
      const standing = await readUnits(this.parts, generation, names, ['stamp']);
      const live = names.filter((unit, i) =>
        found.points.some(
          ({ payload }) => payload.unit === unit && payload.stamp === standing[i]?.stamp,
        ),
      );
      units.push(...live.slice(0, limit - units.length));
      const last = names.at(-1);
      if (!found.isMore || last === undefined) break;
      offset = idAfter(placeOf(last));
      if (offset === undefined) break;
    }
    return units;
  }

  async nearness(
    generation: number,
    vector: Float32Array,
    passages: readonly Id[],
  ): Promise<readonly (number | undefined)[]> {
    const near = new Map<Id, number>();
    const dimension = await this.parts.collections.dimensionOf(generation);
    if (dimension === undefined) return passages.map(() => undefined);
    checkVector(vector, dimension);
    const { passages: name } = this.parts.collections.names(generation);
    const ids = [...new Set(passages)];
    for (let from = 0; from < ids.length; from += PAGE) {
      const part = ids.slice(from, from + PAGE);
      const answer = await this.parts.server
        .read((client) =>
          client.query(name, {
            ...{ query: shortVector(vector), using: MEANING, params: { exact: true } },
            filter: { must: [anyOf('id', part)] },
            // While a unit is replaced, a passage stands there twice.
            limit: 2 * part.length,
            with_payload: { include: ['id', 'unit', 'stamp'] },
          }),
        )
        .catch(unlessAbsent);
      const points = (answer?.points ?? []) as unknown as (FoundPoint & { score: number })[];
      for (const { payload, score } of await this.#live(generation, points))
        near.set(payload.id, score);
    }
    return passages.map((id) => near.get(id));
  }

  async #putPart(
    generation: number,
    vectors: readonly PassageVector[],
  ): Promise<readonly WriteOutcome[]> {
    const points = await this.#pointsOf(generation, vectors);
    const wanted = vectors.flatMap(({ passage, hash, vector }, at) =>
      points
        .filter(({ payload }) => payload.id === passage && payload.hash === hash)
        .map(({ id }) => ({ id, vector, at })),
    );
    const written = new Set<number>();
    try {
      await this.#store(generation, wanted);
      for (const { at } of wanted) written.add(at);
    } catch (error) {
      if (error instanceof AbsentCollection) return vectors.map(() => 'stale');
      if (!isMissing(error)) throw error;
      // One of them was replaced meanwhile, and the server refuses all: the others are put one by one.
      for (const one of wanted)
        await this.#store(generation, [one]).then(
          () => written.add(one.at),
          (thrown: unknown) => {
            if (!isMissing(thrown)) throw thrown;
          },
        );
    }
    return vectors.map((_, at) => (written.has(at) ? 'written' : 'stale'));
  }

  async #store(
    generation: number,
    vectors: readonly { readonly id: string | number; readonly vector: Float32Array }[],
  ): Promise<void> {
    if (vectors.length === 0) return;
    const { passages: name } = this.parts.collections.names(generation);
    const points = vectors.map(({ id, vector }) => ({
      id,
      vector: { [MEANING]: shortVector(vector) },
    }));
    const ids = vectors.map(({ id }) => id);
    // In this order: a vector that nobody flagged is put again.
    const operations: Schemas['UpdateOperation'][] = [
      { update_vectors: { points } },
      { set_payload: { payload: { vectored: true }, points: ids } },
    ];
    await this.parts.server.write((client) => client.batchUpdate(name, { operations, wait: true }));
  }

  async #pointsOf(generation: number, vectors: readonly PassageVector[]): Promise<FoundPoint[]> {
    const { passages: name } = this.parts.collections.names(generation);
    const ids = vectors.map(({ passage }) => passage);
    const page = await this.parts.server
      .read((client) =>
        client.scroll(name, {
          ...{ filter: { must: [anyOf('id', ids)] }, limit: 4 * ids.length },
          with_payload: { include: ['id', 'hash', 'unit', 'stamp'] },
        }),
      )
      .catch(unlessAbsent);
    return this.#live(generation, (page?.points ?? []) as unknown as FoundPoint[]);
  }

  async #lacking(
    generation: number,
    offset: string | undefined,
  ): Promise<{ readonly points: readonly FoundPoint[]; readonly isMore: boolean }> {
    const { passages: name } = this.parts.collections.names(generation);
    const page = await this.parts.server
      .read((client) =>
        client.scroll(name, {
          ...{ filter: { must: [{ key: 'vectored', match: { value: false } }] }, limit: PAGE },
          with_payload: { include: ['unit', 'stamp'] },
          ...(offset !== undefined && { offset }),
        }),
      )
      .catch(unlessAbsent);
    return {
      points: (page?.points ?? []) as unknown as FoundPoint[],
      isMore: typeof page?.next_page_offset === 'string',
    };
  }

  async #live<P extends FoundPoint>(generation: number, points: readonly P[]): Promise<P[]> {
    const names = [...new Set(points.map(({ payload }) => payload.unit))];
    const standing = await readUnits(this.parts, generation, names, ['stamp']);
    const stamps = new Map(names.map((name, i) => [name, standing[i]?.stamp]));
    return points.filter(({ payload }) => stamps.get(payload.unit) === payload.stamp);
  }
}

const isMissing = (error: unknown): boolean => {
  const { cause } = error as { cause?: { data?: { status?: { error?: string } } } };
  return /no point with id/i.test(cause?.data?.status?.error ?? '');
};
