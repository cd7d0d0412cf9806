/**
 * How well each text answers a question, by a model that reads both together.
 *
 * Scores: one each, in order; higher is better, comparable within one answer.
 * Failure: `RERANKER_UNAVAILABLE`, also where it is not done when the signal says to stop. Who asks goes on without it.
 */
export interface Reranker {
  rerank(
    question: string,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly number[]>;
}
