import type { IndexStatistics } from '#libs/ports/search-index';

import type { Analyser } from '../analyse/analyser.js';
import type { QuestionAnalysis } from '../analyse/analysis.js';
import type { TextReading } from '../analyse/read-text.js';
import { matchedPlaces, wantedTerms, type MatchedPlace, type WantedTerms } from './match-text.js';
import { closeness } from './proximity.js';
import { wordWeights } from './word-weights.js';

/** A passage that the index found, with its text, which only the record has. */
export interface RankCandidate {
  readonly title: string;
  readonly text: string;
  readonly language: string;
  /** As the index scored it: decides between equals. */
  readonly indexScore: number;
}

export interface ScoredCandidate<Candidate extends RankCandidate> {
  readonly candidate: Candidate;
  /** Higher is better, comparable within one question. */
  readonly score: number;
  /** The share of what the question asks for that stands in it, weighed by how rare each word is: 0 to 1. */
  readonly coverage: number;
  /** The parts of the score, for people who ask why. */
  readonly because: Readonly<Record<string, number>>;
}

export interface RankSetting {
  /** How soon a repeated word tells nothing new. */
  readonly saturation: number;
  /** How much a long passage is worth less: 0 to 1. */
  readonly lengthMatters: number;
  readonly titleWeight: number;
  readonly closenessWeight: number;
  /** How much a passage gains that holds all words of the question: 0 is nothing. */
  readonly completeness: number;
}

export const rankSetting: RankSetting = {
  ...{ saturation: 1.2, lengthMatters: 0.6, titleWeight: 1, closenessWeight: 0.4 },
  completeness: 0.5,
};

/** Scores what the index found by its text, best first. Of equals the one that came first stays first. */
export const rescore = <Candidate extends RankCandidate>(
  { question, statistics, setting = rankSetting }: RankedQuestion,
  candidates: readonly Candidate[],
  { read }: Pick<Analyser, 'read'>,
): readonly ScoredCandidate<Candidate>[] => {
  const wanted = wantedTerms(question);
  const weights = wordWeights(question, statistics);
  const scoring = { wanted, weights, setting, averageLength: statistics.averageLength };
  return candidates
    .map((candidate) => scored(candidate, scoring, read))
    .sort(
      (one, other) =>
        other.score - one.score || other.candidate.indexScore - one.candidate.indexScore,
    );
};

export interface RankedQuestion {
  readonly question: QuestionAnalysis;
  /** The frequencies of `termsToCount(question)`, in that order. */
  readonly statistics: IndexStatistics;
  readonly setting?: RankSetting;
}

interface Scoring {
  readonly wanted: WantedTerms;
  readonly weights: readonly number[];
  readonly setting: RankSetting;
  readonly averageLength: number;
}

const scored = <Candidate extends RankCandidate>(
  candidate: Candidate,
  { wanted, weights, setting, averageLength }: Scoring,
  read: Analyser['read'],
): ScoredCandidate<Candidate> => {
  const title = matchedPlaces(read(candidate.title, candidate.language), wanted);
  const reading = read(candidate.text, candidate.language);
  const text = matchedPlaces(reading, wanted);
  const length = lengthOf(reading) / Math.max(1, averageLength);
  const shrink = 1 - setting.lengthMatters + setting.lengthMatters * length;
  const inText = sumsOf(text, wanted.words);
  const inTitle = sumsOf(title, wanted.words);
  const words = sum(weights, (weight, word) => {
    const count = (inText[word] ?? 0) / shrink + setting.titleWeight * (inTitle[word] ?? 0);
    return (weight * count * (setting.saturation + 1)) / (count + setting.saturation);
  });
  const close =
    setting.closenessWeight * Math.max(closeness(text, weights), closeness(title, weights));
  const coverage = coverageOf([...title, ...text], weights);
  const complete = 1 - setting.completeness + setting.completeness * coverage;
  return {
    ...{ candidate, score: (words + close) * complete, coverage },
    because: { words, close, complete },
  };
};

const lengthOf = ({ words }: TextReading): number =>
  words.reduce((count, { forms }) => (forms.isStop ? count : count + 1), 0);

const sumsOf = (places: readonly MatchedPlace[], words: number): Float64Array => {
  const sums = new Float64Array(words);
  for (const { word, weight } of places) sums[word] = (sums[word] ?? 0) + weight;
  return sums;
};

/** The share of the question's weight that stands somewhere. */
export const coverageOf = (places: readonly MatchedPlace[], weights: readonly number[]): number => {
  const best = new Float64Array(weights.length);
  for (const { word, weight } of places) best[word] = Math.max(best[word] ?? 0, weight);
  const all = sum(weights, (weight) => weight);
  return all === 0
    ? 0
    : sum(weights, (weight, word) => weight * Math.min(1, best[word] ?? 0)) / all;
};

const sum = (weights: readonly number[], of: (weight: number, word: number) => number): number =>
  weights.reduce((all, weight, word) => all + of(weight, word), 0);
