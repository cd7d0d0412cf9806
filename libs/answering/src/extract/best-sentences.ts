import type { Awaitable } from '#libs/kernel';
import type { Passage, QuestionAnalysis } from '#libs/knowledge';

import { sentencesOf } from './sentences.js';

/** A sentence by its place in a text, and how well it fits a question: comparable within one question. */
export interface RatedSentence {
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

/** All sentences of a passage with how well each fits the question. */
export type RateSentences = (
  question: QuestionAnalysis,
  passage: Pick<Passage, 'title' | 'text' | 'language'>,
) => Awaitable<readonly RatedSentence[]>;

const folded = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Words of this length and more are compared by their beginnings: endings differ. */
const STEM = 5;

const wordsOf = (text: string): readonly string[] =>
  (folded(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, STEM));

/** By the share of the question's words that stand in a sentence. */
export const rateSentences: RateSentences = (question, { text, language }) => {
  const asked = new Set(question.words.flatMap(({ written }) => wordsOf(written)));
  return sentencesOf(text, language).map(({ start, end, text: sentence }) => {
    const words = new Set(wordsOf(sentence));
    const shared = [...asked].filter((word) => words.has(word)).length;
    return { start, end, score: asked.size === 0 ? 0 : shared / asked.size };
  });
};
