import { fault, type Id } from '#libs/kernel';
import { checkVector, type IndexedUnit, type PassageVector } from '#libs/ports/search-index';

/** The vectors of one generation in memory. */
export class GenerationVectors {
  readonly #vectors = new Map<Id, Float32Array>();

  constructor(readonly dimension: number | undefined) {}

  begin(dimension: number): void {
    if (dimension !== this.dimension)
      throw fault('SEARCH_INDEX_DIMENSION', {
        details: { given: dimension, held: this.dimension ?? 0 },
      });
  }

  /** What says the same as before keeps its vector. */
  replace(before: IndexedUnit | undefined, { passages }: IndexedUnit): void {
    const kept = new Map<string, Float32Array>();
    for (const { id, hash } of before?.passages ?? []) {
      const vector = this.#vectors.get(id);
      if (vector) kept.set(hash, vector);
      this.#vectors.delete(id);
    }
    for (const { id, hash, vector = kept.get(hash) } of passages)
      if (vector) this.#vectors.set(id, vector);
  }

  put(vectors: readonly PassageVector[], hashes: ReadonlyMap<Id, string>): ('written' | 'stale')[] {
    for (const { vector } of vectors) checkVector(vector, this.dimension);
    return vectors.map(({ passage, hash, vector }) => {
      if (hashes.get(passage) !== hash) return 'stale';
      this.#vectors.set(passage, vector);
      return 'written';
    });
  }

  misses(passage: Id): boolean {
    return this.dimension !== undefined && !this.#vectors.has(passage);
  }

  nearness(vector: Float32Array, passage: Id): number | undefined {
    const stored = this.#vectors.get(passage);
    return stored?.reduce((sum, each, i) => sum + each * (vector[i] ?? 0), 0);
  }
}
