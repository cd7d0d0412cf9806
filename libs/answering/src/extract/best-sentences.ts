import type { QuestionAnalysis, RatedText } from '#libs/knowledge';

/** A sentence by its place in a text, and how well it fits a question: comparable within one question. */
export interface RatedSentence {
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

/** All sentences of each passage, with how well each fits the question. */
export type RateSentences = (
  question: QuestionAnalysis,
  passages: readonly RatedText[],
) => Promise<readonly (readonly RatedSentence[])[]>;
