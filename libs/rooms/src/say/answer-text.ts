import type { AnswerCitation, GivenAnswer } from '#libs/answering';

/** What stands there until the first sentence is checked; nobody knows the language yet. */
export const placeholderText = (): string => '⏳ …';

export interface GrowingAnswer {
  /** Whole and checked. */
  readonly sentences: readonly string[];
  /** The sources as far as they are known; the marks in the sentences count them from one. */
  readonly citations: readonly AnswerCitation[];
  readonly publicUrl: string | undefined;
}

/** An answer while it is made. */
export const growingText = ({ sentences }: GrowingAnswer): string => sentences.join(' ');

/** An answer with its sources, as it stands in the chat for good. */
export const answerText = (given: GivenAnswer, _publicUrl: string | undefined): string =>
  given.answer;
