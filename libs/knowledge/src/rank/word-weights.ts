import type { IndexStatistics, TermField, TermHash } from '#libs/ports/search-index';

import type { QuestionAnalysis, QuestionWord } from '../analyse/analysis.js';

/** Forms that are less sure say nothing about how rare a word is. */
const SURE_FORM = 0.5;

/** The words, then the faint ones: the order of all that is counted. */
export const allWordsOf = ({ words, faint = [] }: QuestionAnalysis): readonly QuestionWord[] => [
  ...words,
  ...faint,
];

interface CountedForm {
  readonly word: number;
  readonly field: TermField;
  readonly term: TermHash;
}

const countedForms = (question: QuestionAnalysis): readonly CountedForm[] =>
  allWordsOf(question).flatMap(({ forms }, word) =>
    forms
      .filter(({ field, weight }) => weight >= SURE_FORM && (field === 'word' || field === 'stem'))
      .map(({ field, term }) => ({ word, field, term })),
  );

/** The terms whose frequencies `wordWeights` needs, in its order. */
export const termsToCount = (
  question: QuestionAnalysis,
): readonly { readonly field: TermField; readonly term: TermHash }[] =>
  countedForms(question).map(({ field, term }) => ({ field, term }));

/** A stop word counts for less than its rarity says. */
const FAINT = 0.2;

export interface QuestionWeights {
  /** One for each word, in order. */
  readonly words: readonly number[];
  readonly faint: readonly number[];
}

/**
 * How much each word of a question tells: the rarer it is, the more. A word is as frequent as its most frequent form, so
 * that no rare spelling counts for more than the word. One of an earlier turn counts less.
 */
export const wordWeights = (
  question: QuestionAnalysis,
  { passages, frequencies }: IndexStatistics,
): QuestionWeights => {
  const most = allWordsOf(question).map(() => 0);
  for (const [index, { word }] of countedForms(question).entries())
    most[word] = Math.max(most[word] ?? 0, frequencies[index] ?? 0);
  const rarities = most.map(
    (count, word) =>
      (question.words[word]?.weight ?? 1) *
      Math.log(1 + (Math.max(passages, count) - count + 0.5) / (count + 0.5)),
  );
  const words = question.words.length;
  return {
    words: rarities.slice(0, words),
    faint: rarities.slice(words).map((rarity) => rarity * FAINT),
  };
};
