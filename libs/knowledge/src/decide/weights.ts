import type { Found } from '../retrieve/retrieval.js';
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
 * was measured, also with each language, each sort of home and each collection left out. For finding by words alone.
 */
export const surenessWeights: SurenessWeights = {
  bias: -1.7,
  of: { coverage: 1, focus: 1.4, margin: 1.4, lacksSort: -0.4, nearness: 0 },
  least: 0.365,
};

/**
 * Where meaning was searched as well: scores lie closer together then. Fitted in the same way with Universal Sentence Encoder
 * multilingual v3, on the invented set and three public collections.
 */
export const meaningWeights: SurenessWeights = {
  bias: -1.9,
  of: { coverage: 1, focus: 1.25, margin: 0.85, lacksSort: -0.5, nearness: 3.9 },
  least: 0.345,
};

/** By how these hits were found. */
export const weightsFor = ({ meaning }: Pick<Found, 'meaning'>): SurenessWeights =>
  meaning && meaning.code === undefined ? meaningWeights : surenessWeights;
