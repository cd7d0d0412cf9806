import type { IndexedPassage, IndexQuery, TermField, TermHash } from '#libs/ports/search-index';

/** As SQLite's BM25 has them. */
const SATURATION = 1.2;
const LENGTH_MATTERS = 0.75;
/**
 * Terms of a passage of usual length, in all fields. A constant, because a weight is stored with its passage: by an
 * average that moves, the same text would weigh more or less by the day it was written.
 */
const USUAL_LENGTH = 200;

const FIELDS: readonly TermField[] = ['title', 'word', 'stem', 'part'];

/** Moves the hashes of a field, so that one sparse vector holds all fields: then one search adds all weights up. */
const SHIFTS: Readonly<Record<TermField, number>> = {
  title: 0x243f6a88,
  word: 0x85a308d3,
  stem: 0x13198a2e,
  part: 0x03707344,
};

export interface SparseVector {
  readonly indices: number[];
  readonly values: number[];
}

const indexOf = (field: TermField, term: TermHash): number => (term + SHIFTS[field]) >>> 0;

/** A term of a field as one whole number, for counting: unlike an index of a sparse vector it is that term alone. */
export const termNumber = (field: TermField, term: TermHash): number =>
  FIELDS.indexOf(field) * 2 ** 32 + term;

export const termNumbersOf = (terms: IndexedPassage['terms']): number[] =>
  FIELDS.flatMap((field) => [...new Set(terms[field])].map((term) => termNumber(field, term)));

/** What a term weighs in a passage; Qdrant multiplies it by the term's rarity when it is asked. */
export const passageVector = (terms: IndexedPassage['terms']): SparseVector => {
  const counts = new Map<number, number>();
  for (const field of FIELDS)
    for (const term of terms[field]) {
      const index = indexOf(field, term);
      counts.set(index, (counts.get(index) ?? 0) + 1);
    }
  const length = FIELDS.reduce((sum, field) => sum + terms[field].length, 0);
  const shrink = SATURATION * (1 - LENGTH_MATTERS + (LENGTH_MATTERS * length) / USUAL_LENGTH);
  return {
    indices: [...counts.keys()],
    values: [...counts.values()].map((count) =>
      shortened((count * (SATURATION + 1)) / (count + shrink), 1e5),
    ),
  };
};

/** Digits that change no ranking would be half of a request. */
const shortened = (value: number, places: number): number => Math.round(value * places) / places;

/** Far below what is promised of a nearness. */
export const shortVector = (vector: ArrayLike<number>): number[] =>
  Array.from(vector, (value) => shortened(value, 1e7));

/** A term is asked for once. What weighs nothing is found all the same, last. */
export const queryVector = ({
  terms,
  weights,
}: Pick<IndexQuery, 'terms' | 'weights'>): SparseVector => {
  const asked = new Map<number, number>();
  for (const { field, term } of terms) asked.set(indexOf(field, term), factorOf(weights[field]));
  return { indices: [...asked.keys()], values: [...asked.values()] };
};

/** BM25 has a weight inside its saturation: twice the weight counts less than twice. */
const factorOf = (weight: number): number =>
  Math.max(1e-6, (weight * (SATURATION + 1)) / (weight + SATURATION));
