import type { FoundFeatures } from './features.js';

/** What each feature says for an answer. */
export interface SurenessWeights {
  readonly bias: number;
  readonly of: Readonly<Record<keyof FoundFeatures, number>>;
  /** Less sure than this is no answer. */
  readonly least: number;
}

/**
 * Fitted by `npm run eval -- --fit` on the invented set (test/fixtures/eval-sure) and on public collections with a third of
 * their documents taken out, and rounded. The set was written by who wrote this; docs/explanation/answer-quality.md has what
 * was measured, also with each language, each sort of home and each collection left out. For finding by words alone: what is
 * also found by meaning needs weights of its own.
 */
export const surenessWeights: SurenessWeights = {
  bias: -1.7,
  of: { coverage: 1, focus: 1.4, margin: 1.4, lacksSort: -0.4 },
  least: 0.365,
};
