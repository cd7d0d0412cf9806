import type { IndexedUnit } from '#libs/ports/search-index';

import { LISTINGS, ZipfWords } from './zipf-passages.js';

export const DIMENSION = 384;
const TOPICS = 2_000;
/** Of a passage's own, beside what its topic gives: so the nearest are near and not the same. */
const OWN = 0.9;

/** Some of it is any direction: to make each vector out of new numbers would take longer than what is measured. */
const noise = ((): Float32Array => {
  const random = new ZipfWords(17);
  return Float32Array.from({ length: 2 ** 18 }, () => random.number(2 ** 20) / 2 ** 19 - 1);
})();

const beginOf = (seed: number): number =>
  (Math.imul(seed, 2_654_435_761) >>> 0) & (noise.length / 2 - 1);

/** Of length 1, near some hundred others; the same again for the same number. */
export const vectorOfZipf = (number: number, own = OWN): Float32Array => {
  const topic = beginOf(number % TOPICS);
  const apart = beginOf(number + TOPICS) + noise.length / 2 - DIMENSION;
  const vector = new Float32Array(DIMENSION);
  let squares = 0;
  for (let i = 0; i < DIMENSION; i++)
    squares += (vector[i] = (noise[topic + i] ?? 0) + own * (noise[apart + i] ?? 0)) ** 2;
  const length = Math.sqrt(squares);
  for (let i = 0; i < DIMENSION; i++) vector[i] = (vector[i] ?? 0) / length;
  return vector;
};

/** The same units, each passage with a vector. */
export const withVectors = (units: readonly IndexedUnit[], from: number): IndexedUnit[] => {
  let number = from;
  return units.map((unit) => ({
    ...unit,
    passages: unit.passages.map((passage) => ({ ...passage, vector: vectorOfZipf(number++) })),
  }));
};

export interface NearQuestion {
  readonly vector: Float32Array;
  readonly listing: number;
}

/** About a home; its vector is near that of one of the passages. */
export const nearQuestion = (number: number, passages: number): NearQuestion => {
  const random = new ZipfWords(number * 104_729 + 5);
  return {
    vector: vectorOfZipf(random.number(passages), 1),
    listing: random.number(LISTINGS),
  };
};
