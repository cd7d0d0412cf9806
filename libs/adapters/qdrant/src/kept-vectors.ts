import type { IndexedPassage, IndexedUnit } from '#libs/ports/search-index';

import { MEANING, type Collections } from './collections.js';
import { anyOf } from './filters.js';
import type { PassagePayload } from './points.js';
import type { QdrantServer } from './server.js';
import { shortVector } from './terms.js';

interface ReplacedUnit {
  readonly newest: IndexedUnit;
  /** What else was said of it on the way. */
  readonly turns: readonly { readonly unit: IndexedUnit }[];
  readonly before: { readonly stamp: string } | undefined;
}

const PAGE = 500;

const keyOf = (unit: string, hash: string): string => JSON.stringify([unit, hash]);

/** Vectors that passages bring along, and those that stood beside the same text before. */
export class KeptVectors {
  readonly #kept = new Map<string, ArrayLike<number>>();

  private constructor(private readonly dimension: number | undefined) {}

  static async beside(
    parts: { readonly server: QdrantServer; readonly collections: Collections },
    generation: number,
    units: readonly ReplacedUnit[],
  ): Promise<KeptVectors> {
    const { dimension } = await parts.collections.ready(generation);
    const kept = new KeptVectors(dimension);
    const stamps = units.flatMap(({ newest, before }) =>
      before && newest.passages.some(({ vector }) => !vector) ? [before.stamp] : [],
    );
    if (dimension === undefined || units.length === 0) return kept;
    if (stamps.length > 0) await kept.#read(parts, generation, stamps);
    for (const { unit } of units.flatMap(({ turns }) => turns))
      for (const { hash, vector } of unit.passages) if (vector) kept.#keep(unit.unit, hash, vector);
    return kept;
  }

  async #read(
    parts: { readonly server: QdrantServer; readonly collections: Collections },
    generation: number,
    stamps: readonly string[],
  ): Promise<void> {
    const { passages: name } = parts.collections.names(generation);
    const filter = { must: [anyOf('stamp', stamps), { key: 'vectored', match: { value: true } }] };
    const include = { with_payload: { include: ['unit', 'hash'] }, with_vector: [MEANING] };
    for (let offset: string | number | undefined; ;) {
      const page = await parts.server.read((client) =>
        client.scroll(name, {
          filter,
          limit: PAGE,
          ...include,
          ...(offset !== undefined && { offset }),
        }),
      );
      for (const { payload, vector } of page.points) {
        const passage = payload as unknown as PassagePayload;
        const { meaning } = vector as { meaning?: readonly number[] };
        if (meaning) this.#keep(passage.unit, passage.hash, meaning);
      }
      const next = page.next_page_offset;
      if (typeof next !== 'string' && typeof next !== 'number') return;
      offset = next;
    }
  }

  of(unit: string, passage: IndexedPassage): { [MEANING]?: number[] } {
    const vector = this.#vector(unit, passage);
    return vector ? { [MEANING]: shortVector(vector) } : {};
  }

  /** Only where there can be vectors. */
  mark(unit: string, passage: IndexedPassage): Pick<PassagePayload, 'vectored'> {
    if (this.dimension === undefined) return {};
    return { vectored: this.#vector(unit, passage) !== undefined };
  }

  #keep(unit: string, hash: string, vector: ArrayLike<number>): void {
    this.#kept.set(keyOf(unit, hash), vector);
  }

  #vector(unit: string, passage: IndexedPassage): ArrayLike<number> | undefined {
    if (this.dimension === undefined) return undefined;
    return passage.vector ?? this.#kept.get(keyOf(unit, passage.hash));
  }
}
