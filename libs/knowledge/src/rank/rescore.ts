import type { IndexStatistics } from '#libs/ports/search-index';

import type { Analyser } from '../analyse/analyser.js';
import type { QuestionAnalysis } from '../analyse/analysis.js';
import type { TextReading } from '../analyse/read-text.js';
import { matchedPlaces, wantedTerms, type MatchedPlace, type WantedTerms } from './match-text.js';
import { closeness } from './proximity.js';
import { wordWeights, type QuestionWeights } from './word-weights.js';

/** A passage that the index found, with its text, which only the record has. */
export interface RankCandidate {
  readonly title: string;
  readonly text: string;
  readonly language: string;
  /** As the index scored it: decides between equals. */
  readonly indexScore: number;
  /** What it was cut from: passages of one text support each other. */
  readonly unit?: string;
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
  /** What a word counts that stands in another passage of the same text, once at most. */
  readonly besideWeight: number;
}

/** Measured on collections of several sorts. */
export const rankSetting: RankSetting = {
  ...{ saturation: 1.3, lengthMatters: 0.65, titleWeight: 2 },
  ...{ closenessWeight: 0.2, completeness: 0, besideWeight: 0.2 },
};

/** Scores what the index found by its text, best first. Of equals the one that came first stays first. */
export const rescore = <Candidate extends RankCandidate>(
  { question, statistics, setting = rankSetting }: RankedQuestion,
  candidates: readonly Candidate[],
  { read }: Pick<Analyser, 'read'>,
): readonly ScoredCandidate<Candidate>[] => {
  const wanted = wantedTerms(question);
  const weights = wordWeights(question, statistics);
  const { averageLength } = statistics;
  const alone = candidates.map((candidate) => ({
    candidate,
    features: featuresOf(candidate, wanted, weights, read),
  }));
  return withBeside(alone, setting)
    .map(({ candidate, features }) => {
      const { score, ...because } = scoreOf(features, weights, averageLength, setting);
      return { candidate, score, coverage: features.coverage, because };
    })
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

/** What a passage has of what a question asks for: all that its score is made of. */
export interface RankFeatures {
  /** How often each word of the question stands in the text and in the title, weighed by its forms. */
  readonly inText: Float64Array;
  readonly inTitle: Float64Array;
  /** In words that carry meaning. */
  readonly length: number;
  readonly closeness: number;
  readonly coverage: number;
}

export const featuresOf = (
  { title, text, language }: Pick<RankCandidate, 'title' | 'text' | 'language'>,
  wanted: WantedTerms,
  { words }: QuestionWeights,
  read: Analyser['read'],
): RankFeatures => {
  const titlePlaces = title === '' ? [] : matchedPlaces(read(title, language), wanted, language);
  const reading = read(text, language);
  const places = matchedPlaces(reading, wanted, language);
  return {
    inText: sumsOf(places, wanted.words),
    inTitle: sumsOf(titlePlaces, wanted.words),
    length: lengthOf(reading),
    closeness: Math.max(closeness(places, words), closeness(titlePlaces, words)),
    coverage: coverageOf([...titlePlaces, ...places], words),
  };
};

export const scoreOf = (
  { inText, inTitle, length, closeness: close, coverage }: RankFeatures,
  weights: QuestionWeights,
  averageLength: number,
  setting: RankSetting,
): Readonly<Record<'score' | 'words' | 'close' | 'complete', number>> => {
  const { lengthMatters, saturation, titleWeight, completeness } = setting;
  const shrink = 1 - lengthMatters + (lengthMatters * length) / Math.max(1, averageLength);
  const words = sum([...weights.words, ...weights.faint], (weight, word) => {
    const count = (inText[word] ?? 0) / shrink + titleWeight * (inTitle[word] ?? 0);
    return (weight * count * (saturation + 1)) / (count + saturation);
  });
  const near = setting.closenessWeight * close;
  const complete = 1 - completeness + completeness * coverage;
  return { score: (words + near) * complete, words, close: near, complete };
};

interface ReadCandidate<Candidate> {
  readonly candidate: Candidate;
  readonly features: RankFeatures;
}

/** A text is cut where it is long enough, not where it is about something else: what stands beside counts a little. */
const withBeside = <Candidate extends RankCandidate>(
  alone: readonly ReadCandidate<Candidate>[],
  { besideWeight }: RankSetting,
): readonly ReadCandidate<Candidate>[] => {
  const units = new Map<string, Float64Array>();
  for (const { candidate, features } of alone)
    if (candidate.unit !== undefined) {
      const all = units.get(candidate.unit) ?? new Float64Array(features.inText.length);
      features.inText.forEach((count, word) => (all[word] = (all[word] ?? 0) + count));
      units.set(candidate.unit, all);
    }
  return alone.map(({ candidate, features }) => {
    const all = units.get(candidate.unit ?? '') ?? features.inText;
    const inText = features.inText.map(
      (count, word) => count + Math.min(1, besideWeight * ((all[word] ?? 0) - count)),
    );
    return { candidate, features: { ...features, inText } };
  });
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
