import type { IndexStatistics, TermField, TermHash } from '#libs/ports/search-index';

import type { PassageAnalysis, QuestionAnalysis } from '../analyse/analysis.js';
import type { Passage } from '../passages/passage.js';
import type { JoinedHit } from './join-hits.js';
import type { SearchHit } from './retrieval.js';

/** A term as a question and an index name it. */
export interface SearchTerm {
  readonly field: TermField;
  readonly term: TermHash;
}

/** All that a question may be found by, each once. */
export const termsOf = ({ words }: QuestionAnalysis): readonly SearchTerm[] => {
  const terms = new Map<string, SearchTerm>();
  for (const { forms } of words)
    for (const { field, term } of forms) terms.set(`${field} ${term}`, { field, term });
  return [...terms.values()];
};

export interface RankQuestion {
  readonly analysis: QuestionAnalysis;
  /** Of the terms of `termsOf`, in that order. */
  readonly statistics: IndexStatistics;
  readonly hits: readonly JoinedHit[];
}

export type RankPassages = (question: RankQuestion) => readonly SearchHit[];

const K1 = 1.2;
const B = 0.6;
const FIELD: Readonly<Record<TermField, number>> = { title: 0.6, word: 1, stem: 0.9, part: 0.4 };

/** Scores passages by the words of a question that stand in them: of a word's forms, the best counts. */
export const rankOnText =
  (analyse: (passage: Passage) => PassageAnalysis): RankPassages =>
  ({ analysis, statistics, hits }) => {
    const frequencies = new Map(
      termsOf(analysis).map(({ field, term }, i) => [
        `${field} ${term}`,
        statistics.frequencies[i] ?? 0,
      ]),
    );
    const rarity = (field: TermField, term: TermHash): number => {
      const frequency = frequencies.get(`${field} ${term}`) ?? 0;
      return Math.log(1 + (statistics.passages - frequency + 0.5) / (frequency + 0.5));
    };
    const weights = analysis.words.map(
      ({ forms, weight: counts = 1 }) =>
        counts *
        Math.max(0, ...forms.map(({ field, term, weight }) => weight * rarity(field, term))),
    );
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    return hits
      .map(({ hit, passage }) => {
        const { terms } = analyse(passage);
        const length = terms.stem.length / Math.max(1, statistics.averageLength);
        const found = analysis.words.map(
          ({ forms, weight: counts = 1 }) =>
            counts *
            Math.max(
              0,
              ...forms.map(({ field, term, weight }) => {
                const times = terms[field].filter((other) => other === term).length;
                const said = (times * (K1 + 1)) / (times + K1 * (1 - B + B * length));
                return weight * FIELD[field] * rarity(field, term) * said;
              }),
            ),
        );
        const text = found.reduce((sum, score) => sum + score, 0);
        const covered = weights.reduce((sum, w, i) => sum + ((found[i] ?? 0) > 0 ? w : 0), 0);
        return {
          passage,
          score: text,
          coverage: all > 0 ? covered / all : 0,
          because: { index: hit.score, text },
        };
      })
      .sort((a, b) => b.score - a.score);
  };
