import type { Reranker } from '#libs/ports/reranker';

import { bestFirst } from '../best-first.js';
import type { RankedHit } from '../retrieval.js';

/** Orders the best hits once more, by a model that reads question and passage together. */
export type RerankHits = (
  question: string,
  hits: readonly RankedHit[],
) => Promise<readonly RankedHit[]>;

export interface RerankHitsParts {
  readonly reranker?: Reranker | undefined;
  /** Kinds whose text goes to no reranker: they stay where they are. */
  readonly unembeddedKinds: ReadonlySet<string>;
}

const RERANKED = 30;
/** Without it the order is good enough to be waited for no longer. */
export const RERANK_MS = 500;

/**
 * Only what the asker may read now gets here. Those that are reranked share out their own scores in the new order, so
 * that no score is on another scale than those behind them. Slow, away or wrong in number: all stays as it was.
 */
export const rerankHits =
  ({ reranker, unembeddedKinds }: RerankHitsParts, withinMs = RERANK_MS): RerankHits =>
  async (question, hits) => {
    const isSent = ({ passage: { records, unit } }: RankedHit): boolean =>
      ![unit, ...records].some((name) => unembeddedKinds.has(name.slice(0, name.indexOf('/'))));
    const best = hits.slice(0, RERANKED).filter(isSent);
    if (!reranker || best.length < 2) return hits;
    const texts = best.map(({ passage: { text, title } }) => `${title}\n${text}`);
    const given = await scoresOf(reranker, question, texts, withinMs);
    if (given?.length !== best.length) return hits;
    const order = best
      .map((hit, i) => ({ hit, given: given[i] ?? 0 }))
      .sort((one, other) => other.given - one.given);
    const reranked = order.map(({ hit, given: rerank }, place) => ({
      ...hit,
      score: best[place]?.score ?? hit.score,
      because: { ...hit.because, fused: hit.score, rerank },
    }));
    const known = new Set(best);
    return [...reranked, ...hits.filter((hit) => !known.has(hit))].sort(bestFirst);
  };

const scoresOf = async (
  reranker: Reranker,
  question: string,
  texts: readonly string[],
  withinMs: number,
): Promise<readonly number[] | undefined> => {
  const signal = AbortSignal.timeout(withinMs);
  const late = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    return await Promise.race([reranker.rerank(question, texts, signal), late]);
  } catch {
    return undefined;
  }
};
