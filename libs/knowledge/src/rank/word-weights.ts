import type { IndexStatistics, TermField, TermHash } from '#libs/ports/search-index';

import type { QuestionAnalysis } from '../analyse/analysis.js';

/** Forms that are less sure say nothing about how rare a word is. */
const SURE_FORM = 0.5;

interface CountedForm {
  readonly word: number;
  readonly field: TermField;
  readonly term: TermHash;
}

const countedForms = ({ words }: QuestionAnalysis): readonly CountedForm[] =>
  words.flatMap(({ forms }, word) =>
    forms
      .filter(({ field, weight }) => weight >= SURE_FORM && (field === 'word' || field === 'stem'))
      .map(({ field, term }) => ({ word, field, term })),
  );

/** The terms whose frequencies `wordWeights` needs, in its order. */
export const termsToCount = (
  question: QuestionAnalysis,
): readonly { readonly field: TermField; readonly term: TermHash }[] =>
  countedForms(question).map(({ field, term }) => ({ field, term }));

/**
 * How much each word of a question tells: the rarer it is, the more. A word is as frequent as its most frequent form, so
 * that no rare spelling counts for more than the word. One of an earlier turn counts less.
 */
export const wordWeights = (
  question: QuestionAnalysis,
  { passages, frequencies }: IndexStatistics,
): readonly number[] => {
  const most = new Array<number>(question.words.length).fill(0);
  for (const [index, { word }] of countedForms(question).entries())
    most[word] = Math.max(most[word] ?? 0, frequencies[index] ?? 0);
  return most.map(
    (count, word) =>
      (question.words[word]?.weight ?? 1) *
      Math.log(1 + (Math.max(passages, count) - count + 0.5) / (count + 0.5)),
  );
};
