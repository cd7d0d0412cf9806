import { fault } from '#libs/kernel';

/** Rounding in an embedder or on the way is no reason to refuse a vector. */
const LENGTH_TOLERANCE = 0.005;

/**
 * A vector of another dimension belongs to another model: `SEARCH_INDEX_DIMENSION`. One that is not of length 1, or
 * holds what is no number, is a defect of who made it: it would be near everything, or near nothing.
 */
export const checkVector = (vector: Float32Array, dimension: number | undefined): void => {
  if (vector.length !== dimension)
    throw fault('SEARCH_INDEX_DIMENSION', {
      details: { given: vector.length, held: dimension ?? 0 },
    });
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] ?? 0) ** 2;
  // Written so that NaN is refused.
  if (!(Math.abs(Math.sqrt(squares) - 1) <= LENGTH_TOLERANCE))
    throw fault('DEFECT_UNKNOWN', { details: { reason: 'vector not of length 1' } });
};

/** More than any embedder gives, and what every back end takes. */
const DIMENSION_MOST = 16_384;

export const checkDimension = (dimension: number): number => {
  if (!Number.isSafeInteger(dimension) || dimension < 1 || dimension > DIMENSION_MOST)
    throw fault('DEFECT_UNKNOWN', { details: { dimension } });
  return dimension;
};
