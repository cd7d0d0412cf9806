import type { EmbeddingModel } from '#libs/ports/embedder';

/** Which model made the vectors of a generation. Its name alone does not tell: one may stand behind another's name. */
export interface GenerationMeaning extends EmbeddingModel {
  /** What it makes of one text that never changes. */
  readonly probe: Float32Array;
}

/** The one text. It says nothing about anybody. */
export const PROBE = 'Check-in is from 3 pm. The key box hangs beside the blue door.';

/** Below this it is another model. Numbers of fewer bits change a vector less. */
const SAME = 0.99;

/** Whether vectors of both can be compared. */
export const isSameMeaning = (
  one: GenerationMeaning | undefined,
  other: GenerationMeaning | undefined,
): boolean =>
  one === undefined || other === undefined
    ? one === other
    : one.model === other.model &&
      one.dimension === other.dimension &&
      cosineOf(one.probe, other.probe) >= SAME;

/** Of two vectors of length 1. */
export const cosineOf = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, each, i) => sum + each * (other[i] ?? 0), 0);
