import type { QuestionAnalysis } from '#libs/knowledge';

import { sentencesOf, type Sentence } from './sentences.js';

export interface RatedSentence extends Sentence {
  /** Higher is better, comparable within one text. */
  readonly score: number;
}

/** The sentences of a text that fit a question best, in the order of the text. */
export type BestSentences = (
  question: QuestionAnalysis,
  text: string,
  language: string,
) => readonly RatedSentence[];

const folded = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Words of this length and more are compared by their beginnings: endings differ. */
const STEM = 5;

const wordsOf = (text: string): readonly string[] =>
  (folded(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, STEM));

/** By the share of the question's words that stand in a sentence. */
export const bestSentences: BestSentences = (question, text, language) => {
  const asked = new Set(question.words.flatMap(({ written }) => wordsOf(written)));
  return sentencesOf(text, language).map((sentence) => {
    const words = new Set(wordsOf(sentence.text));
    const shared = [...asked].filter((word) => words.has(word)).length;
    return { ...sentence, score: asked.size === 0 ? 0 : shared / asked.size };
  });
};
