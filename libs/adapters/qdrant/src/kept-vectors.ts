import type { IndexedPassage, IndexedUnit } from '#libs/ports/search-index';

import { MEANING, type Collections } from './collections.js';
import { anyOf } from './filters.js';
import type { PassagePayload } from './points.js';
import type { QdrantServer } from './server.js';

interface ReplacedUnit {
  readonly newest: IndexedUnit;
  readonly before: { readonly stamp: string } | undefined;
}

type VectorKey = Pick<IndexedPassage, 'id' | 'hash'>;

const PAGE = 500;

const keyOf = (unit: string, { id, hash }: VectorKey): string => JSON.stringify([unit, id, hash]);

/** Vectors that passages bring along, and those that stood beside the same text before. */
export class KeptVectors {
  readonly #kept = new Map<string, readonly number[]>();

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
    if (dimension === undefined || stamps.length === 0) return kept;
    const { passages: name } = parts.collections.names(generation);
    const filter = { must: [anyOf('stamp', stamps), { key: 'vectored', match: { value: true } }] };
    const include = { with_payload: { include: ['unit', 'id', 'hash'] }, with_vector: [MEANING] };
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
        if (meaning) kept.#kept.set(keyOf(passage.unit, passage), meaning);
      }
      const next = page.next_page_offset;
      if (typeof next !== 'string' && typeof next !== 'number') return kept;
      offset = next;
    }
  }

  of(unit: string, passage: IndexedPassage): { [MEANING]?: number[] } {
    const vector = this.#vector(unit, passage);
    return vector ? { [MEANING]: [...vector] } : {};
  }

  /** Only where there can be vectors. */
  mark(unit: string, passage: IndexedPassage): Pick<PassagePayload, 'vectored'> {
    if (this.dimension === undefined) return {};
    return { vectored: this.#vector(unit, passage) !== undefined };
  }

  #vector(
    unit: string,
    passage: IndexedPassage,
  ): (ArrayLike<number> & Iterable<number>) | undefined {
    if (this.dimension === undefined) return undefined;
    return passage.vector ?? this.#kept.get(keyOf(unit, passage));
  }
}
