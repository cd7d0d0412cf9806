import type { FoundFeatures } from './features.js';

/** What each feature says for an answer. */
export interface SurenessWeights {
  readonly bias: number;
  readonly of: Readonly<Record<keyof FoundFeatures, number>>;
  /** Less sure than this is no answer. */
  readonly least: number;
}

/** Set by hand until they are fitted on questions with known ends. */
export const weights: SurenessWeights = {
  bias: -3.2,
  of: {
    coverage: 3,
    bestCoverage: 2.5,
    margin: 1,
    holdsSort: 1,
    scoped: 0.2,
    disagreement: 0,
  },
  least: 0.5,
};
