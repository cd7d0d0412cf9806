/** Which model answers. Vectors of two models cannot be compared. */
export interface EmbeddingModel {
  readonly model: string;
  readonly dimension: number;
}

/** Many models read a question and what may answer it differently. */
export type EmbeddedSort = 'question' | 'passage';

/**
 * What texts mean, as vectors.
 *
 * Vectors: one each, in order, of length 1; the same text gives the same one, to three digits at least. Any number of
 * texts at once: they are sent in batches. A text that is longer than the model reads is cut by the model or by us; a
 * text without a letter has a vector as well.
 * Failure: `EMBEDDER_UNAVAILABLE` (try again later; where the other side said when, `retryAfterMs`),
 * `EMBEDDER_REFUSED` (the same again is refused again). `EMBEDDER_MODEL_CHANGED`: the answer is of another model or
 * dimension than the one that was described first; so is every answer until it is described again. Nothing of a batch is
 * answered then. A model of this machine may be `EMBEDDER_MODEL_MISSING` or `EMBEDDER_PACKAGE_MISSING`. No fault carries
 * a text.
 */
export interface Embedder {
  /** Asks the model once; afterwards it is known. */
  describe(): Promise<EmbeddingModel>;

  embed(
    texts: readonly string[],
    as: EmbeddedSort,
    signal?: AbortSignal,
  ): Promise<readonly Float32Array[]>;
}
