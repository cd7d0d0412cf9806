import { bestFirst } from '../best-first.js';
import type { RankedHit } from '../retrieval.js';

export interface FusionSetting {
  /** What meaning counts where the words of the question all stand in the best passage: 0 to 1. */
  readonly covered: number;
  /** The same where none of them does. */
  readonly uncovered: number;
  /** How fast it counts less where more of them do. */
  readonly power: number;
}

/** Measured: see docs/explanation/answer-quality.md. */
export const fusionSettings = {
  /** Of one home there are few passages: a word that stands in none of them says little. */
  scoped: { covered: 0.25, uncovered: 0.9, power: 3 },
  /** Of everything, rare words choose better than meaning does. */
  unscoped: { covered: 0.2, uncovered: 1, power: 3 },
} as const satisfies Readonly<Record<string, FusionSetting>>;

/**
 * Words and meaning in one score, best first. Both are brought to one scale within this question. The words decide how
 * much meaning counts. Where the best passage holds all of them, they know better. Where it holds few, the question is in
 * another language, or says it in other words.
 */
export const fuseScores = (
  hits: readonly RankedHit[],
  nearness: ReadonlyMap<string, number>,
  setting: FusionSetting,
): readonly RankedHit[] => {
  const near = [...nearness.values()];
  if (near.length === 0) return hits;
  const best = hits.reduce((one, other) => (other.score > one.score ? other : one), NOTHING);
  const weight = weightOf(best.coverage, setting);
  const farthest = near.reduce((one, other) => Math.min(one, other), 1);
  const span = near.reduce((one, other) => Math.max(one, other), -1) - farthest;
  return hits
    .map((hit) => {
      const words = best.score > 0 ? Math.max(0, hit.score) / best.score : 0;
      const cosine = nearness.get(hit.passage.id);
      // What has no vector yet is neither near nor far: its words alone decide.
      const meaning = cosine === undefined ? words : span > 0 ? (cosine - farthest) / span : 1;
      return {
        ...hit,
        score: (1 - weight) * words + weight * meaning,
        because: {
          ...hit.because,
          lexical: hit.score,
          ...(cosine !== undefined && { meaning: cosine }),
          weight,
        },
      };
    })
    .sort(bestFirst);
};

const weightOf = (coverage: number, { covered, power, uncovered }: FusionSetting): number =>
  covered + (uncovered - covered) * (1 - coverage) ** power;

const NOTHING: Pick<RankedHit, 'coverage' | 'score'> = { coverage: 0, score: 0 };
