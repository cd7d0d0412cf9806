import type { Found } from '#libs/knowledge';

import type { AnswerDraft, OnAnswerProgress, QuestionToAnswer } from '../answers/answer.js';
import type { AnswerLanguage, ExtractiveReason } from '../texts/answer-texts.js';

/** A question whose sources were found, and were judged to answer it. */
export interface FoundAnswer {
  readonly question: QuestionToAnswer;
  readonly found: Found;
  readonly language: AnswerLanguage;
  /** The best sentences of the sources, with why there is nothing better. */
  readonly extract: (why: ExtractiveReason) => Promise<AnsweredDraft>;
  readonly onProgress: OnAnswerProgress | undefined;
}

export type AnsweredDraft = Extract<AnswerDraft, { readonly outcome: 'answered' }>;

/** Puts into sentences what was found. */
export type WriteAnswer = (answer: FoundAnswer) => Promise<AnsweredDraft>;
