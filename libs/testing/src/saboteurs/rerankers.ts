import type { Reranker } from '#libs/ports/reranker';

/** Gives scores as servers do: the best first. */
export const rerankerBestFirst = (inner: Reranker): Reranker => ({
  rerank: async (...asked) => [...(await inner.rerank(...asked))].sort((one, other) => other - one),
});

/** Takes a failure for texts that all answer nothing. */
export const rerankerShrugging = (inner: Reranker): Reranker => ({
  rerank: (question, texts, signal) =>
    inner.rerank(question, texts, signal).catch(() => texts.map(() => 0)),
});
