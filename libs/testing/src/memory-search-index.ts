import type { Id } from '#libs/kernel';
import {
  checkDimension,
  checkVector,
  type IndexedPassage,
  type IndexedUnit,
  type IndexHit,
  type IndexQuery,
  type PassageVector,
  type PassageVectors,
  type SearchIndex,
  type TermField,
  type TermHash,
  type UnitFence,
  type UnitState,
  type Vocabulary,
  type VectorQuery,
  type VocabularyWord,
} from '#libs/ports/search-index';

import { GenerationVectors } from './memory-vectors.js';

/** As SQLite's bm25 has them. */
const SATURATION = 1.2;
const LENGTH_MATTERS = 0.75;

const fields: readonly TermField[] = ['title', 'word', 'stem', 'part'];

interface StoredPassage {
  readonly passage: IndexedPassage;
  readonly counts: Readonly<Record<TermField, ReadonlyMap<TermHash, number>>>;
  readonly length: number;
}

interface StoredUnit {
  readonly unit: IndexedUnit;
  readonly passages: readonly StoredPassage[];
}

type StoredGeneration = Map<string, StoredUnit>;

/** A search index in memory, which reads every passage for every question: for tests and measurements. */
export class MemorySearchIndex implements SearchIndex, Vocabulary, PassageVectors {
  readonly #generations = new Map<number, StoredGeneration>();
  /** Counted when they are asked for, until something is written. */
  readonly #vocabularies = new Map<number, readonly VocabularyWord[]>();
  readonly #vectors = new Map<number, GenerationVectors>();

  async replace(
    generation: number,
    units: readonly IndexedUnit[],
  ): Promise<readonly ('written' | 'stale')[]> {
    const stored = this.#of(generation);
    this.#vocabularies.delete(generation);
    if (units.length === 0) return [];
    const vectors = this.#made(generation);
    for (const { vector } of units.flatMap(({ passages }) => passages))
      if (vector) checkVector(vector, vectors.dimension);
    return units.map((unit) => {
      const before = stored.get(unit.unit)?.unit;
      if (before && compareFences(unit.fence, before.fence) < 0) return 'stale';
      vectors.replace(before, unit);
      stored.set(unit.unit, { unit, passages: unit.passages.map(storedPassage) });
      return 'written';
    });
  }

  async find(generation: number, query: IndexQuery): Promise<readonly IndexHit[]> {
    const all = this.#passages(generation);
    const average = meanOf(all.map(({ length }) => length));
    const weigh = eachOnce(query.terms).map(({ field, term }) => ({
      ...{ field, term },
      rarity: rarityOf(all.length, all.filter(({ counts }) => counts[field].has(term)).length),
    }));
    const hits: IndexHit[] = [];
    for (const { unit, passages } of this.#of(generation).values())
      for (const stored of passages) {
        if (!passes(unit, stored.passage, query)) continue;
        const score = scoreOf(stored, weigh, query.weights, average);
        if (score > 0) hits.push(hitOf(unit, stored.passage, score));
      }
    return bestOf(hits, query.limit);
  }

  async statistics(
    generation: number,
    terms: readonly { readonly field: TermField; readonly term: TermHash }[],
  ) {
    const all = this.#passages(generation);
    return {
      passages: all.length,
      averageLength: meanOf(all.map(({ passage }) => passage.terms.stem.length)),
      frequencies: terms.map(
        ({ field, term }) => all.filter(({ counts }) => counts[field].has(term)).length,
      ),
    };
  }

  async states(generation: number, units: readonly string[]) {
    return units.map((unit) => stateOf(this.#of(generation).get(unit)));
  }

  async unitsOf(generation: number, records: readonly string[]): Promise<readonly string[]> {
    const named = ({ passages }: StoredUnit): boolean =>
      passages.some(({ passage }) => passage.records.some((each) => records.includes(each)));
    return [...this.#of(generation)].filter(([, unit]) => named(unit)).map(([name]) => name);
  }

  async list(
    generation: number,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ) {
    const states = [...this.#of(generation).values()]
      .flatMap((unit) => stateOf(unit) ?? [])
      .sort((one, other) => byText(one.unit, other.unit))
      .filter(({ unit }) => after === undefined || unit > after);
    const items = states.slice(0, limit);
    const next = states.length > limit ? items.at(-1)?.unit : undefined;
    return { items, ...(next !== undefined && { next }) };
  }

  async drop(generation: number): Promise<void> {
    this.#generations.delete(generation);
    this.#vocabularies.delete(generation);
    this.#vectors.delete(generation);
  }

  async begin(generation: number, { dimension }: { readonly dimension: number }): Promise<void> {
    checkDimension(dimension);
    this.#made(generation, dimension).begin(dimension);
  }

  async putVectors(generation: number, vectors: readonly PassageVector[]) {
    const hashes = new Map(
      this.#passages(generation).map(({ passage }) => [passage.id, passage.hash]),
    );
    return this.#vectorsOf(generation).put(vectors, hashes);
  }

  async withoutVectors(
    generation: number,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ) {
    const vectors = this.#vectorsOf(generation);
    return [...this.#of(generation).values()]
      .filter(({ unit: { passages } }) => passages.some(({ id }) => vectors.misses(id)))
      .map(({ unit }) => unit.unit)
      .sort(byText)
      .filter((unit) => after === undefined || unit > after)
      .slice(0, limit);
  }

  async nearest(generation: number, query: VectorQuery): Promise<readonly IndexHit[]> {
    const vectors = this.#vectorsOf(generation);
    if (vectors.dimension === undefined) return [];
    checkVector(query.vector, vectors.dimension);
    const hits: IndexHit[] = [];
    for (const { unit } of this.#of(generation).values())
      for (const passage of unit.passages) {
        const score = vectors.nearness(query.vector, passage.id);
        if (score !== undefined && passes(unit, passage, query))
          hits.push(hitOf(unit, passage, score));
      }
    return bestOf(hits, query.limit);
  }

  async nearness(generation: number, vector: Float32Array, passages: readonly Id[]) {
    const vectors = this.#vectorsOf(generation);
    if (vectors.dimension !== undefined) checkVector(vector, vectors.dimension);
    return passages.map((passage) => vectors.nearness(vector, passage));
  }

  async near(generation: number, words: readonly string[]) {
    const known = this.#words(generation);
    return words.map((word) =>
      known.filter((each) => edits(each.word, word) <= editsFor(word)).slice(0, NEAR_MOST),
    );
  }

  async beginning(generation: number, beginnings: readonly string[], limit: number) {
    const known = this.#words(generation);
    return beginnings.map((beginning) =>
      known.filter(({ word }) => word.startsWith(beginning)).slice(0, limit),
    );
  }

  async count(generation: number, words: readonly string[]): Promise<readonly number[]> {
    const known = new Map(this.#words(generation).map(({ word, units }) => [word, units]));
    return words.map((word) => known.get(word) ?? 0);
  }

  #of(generation: number): StoredGeneration {
    const known = this.#generations.get(generation);
    if (known !== undefined) return known;
    const made: StoredGeneration = new Map();
    this.#generations.set(generation, made);
    return made;
  }

  #vectorsOf(generation: number): GenerationVectors {
    return this.#vectors.get(generation) ?? new GenerationVectors(undefined);
  }

  /** Who comes first makes the generation: `begin` with a dimension, a write without one. */
  #made(generation: number, dimension?: number): GenerationVectors {
    const vectors = this.#vectors.get(generation) ?? new GenerationVectors(dimension);
    this.#vectors.set(generation, vectors);
    return vectors;
  }

  #passages(generation: number): readonly StoredPassage[] {
    return [...this.#of(generation).values()].flatMap(({ passages }) => passages);
  }

  /** Most frequent first. */
  #words(generation: number): readonly VocabularyWord[] {
    const known = this.#vocabularies.get(generation);
    if (known !== undefined) return known;
    const counts = new Map<string, number>();
    for (const { unit } of this.#of(generation).values())
      for (const word of new Set(unit.words)) counts.set(word, (counts.get(word) ?? 0) + 1);
    const words = [...counts]
      .map(([word, units]) => ({ word, units }))
      .sort((one, other) => other.units - one.units || byText(one.word, other.word));
    this.#vocabularies.set(generation, words);
    return words;
  }
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const compareFences = (one: UnitFence, other: UnitFence): number =>
  one.generation - other.generation || one.era - other.era || one.position - other.position;

const countsOf = (terms: readonly TermHash[]): ReadonlyMap<TermHash, number> => {
  const counts = new Map<TermHash, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
};

const storedPassage = (passage: IndexedPassage): StoredPassage => ({
  passage,
  counts: {
    title: countsOf(passage.terms.title),
    word: countsOf(passage.terms.word),
    stem: countsOf(passage.terms.stem),
    part: countsOf(passage.terms.part),
  },
  length: fields.reduce((sum, field) => sum + passage.terms[field].length, 0),
});

const stateOf = (stored: StoredUnit | undefined): UnitState | undefined => {
  if (stored === undefined) return undefined;
  const { unit, kind, fence, digest, passages } = stored.unit;
  return { unit, kind, fence, digest, passages: passages.length };
};

const sharesOne = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((each) => others.includes(each));

type PassageFilters = Pick<IndexQuery, 'audience' | 'scope' | 'kinds' | 'from' | 'to'>;

const passes = (unit: IndexedUnit, passage: IndexedPassage, query: PassageFilters): boolean =>
  sharesOne(passage.audience, query.audience) &&
  (query.scope === undefined || sharesOne(passage.scope, query.scope)) &&
  (query.kinds === undefined || query.kinds.includes(unit.kind)) &&
  overlaps(passage, query);

const overlaps = ({ from, to }: IndexedPassage, query: PassageFilters): boolean => {
  if (from === undefined && to === undefined) return true;
  const begins = from ?? to ?? 0;
  const ends = to ?? from ?? 0;
  return begins <= (query.to ?? Infinity) && ends >= (query.from ?? -Infinity);
};

const eachOnce = (terms: IndexQuery['terms']): IndexQuery['terms'] => [
  ...new Map(terms.map((each) => [`${each.field} ${each.term}`, each])).values(),
];

const rarityOf = (passages: number, holding: number): number =>
  Math.max(1e-6, Math.log((passages - holding + 0.5) / (holding + 0.5)));

const scoreOf = (
  { counts, length }: StoredPassage,
  terms: readonly { field: TermField; term: TermHash; rarity: number }[],
  weights: IndexQuery['weights'],
  average: number,
): number =>
  terms.reduce((score, { field, term, rarity }) => {
    const count = weights[field] * (counts[field].get(term) ?? 0);
    const shrink = SATURATION * (1 - LENGTH_MATTERS + (LENGTH_MATTERS * length) / average);
    return score + (rarity * count * (SATURATION + 1)) / (count + shrink);
  }, 0);

const hitOf = (
  { unit, kind }: IndexedUnit,
  { terms: _terms, audience: _audience, vector: _vector, ...passage }: IndexedPassage,
  score: number,
): IndexHit => ({ unit, kind, passage, score });

const bestOf = (hits: IndexHit[], limit: number): readonly IndexHit[] =>
  hits
    .sort((one, other) => other.score - one.score || byText(one.passage.id, other.passage.id))
    .slice(0, limit);

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;

/** A short word may have one edit, a longer one two. */
const editsFor = (word: string): number => (word.length <= 5 ? 1 : 2);
const NEAR_MOST = 50;

/** Insertions, removals, replacements and swaps of neighbours between two words. */
const edits = (one: string, other: string): number => {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swap = i > 1 && j > 1 && swapped ? (beforeLast[j - 2] ?? 9) + 1 : 9;
      row[j] = Math.min((row[j - 1] ?? 9) + 1, (last[j] ?? 9) + 1, (last[j - 1] ?? 9) + same, swap);
    }
    beforeLast = last;
    last = row;
  }
  return last[other.length] ?? 9;
};
