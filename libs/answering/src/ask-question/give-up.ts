import type { AnswerDraft, GivenAnswer, QuestionToAnswer } from '../answers/answer.js';
import { nearestSources, type NearestSourcesParts } from '../extract/nearest-sources.js';
import { languageFor, textsIn, type AnswerLanguage } from '../texts/answer-texts.js';
import {
  settleQuestion,
  type AskingCause,
  type AskRequest,
  type SettleQuestionParts,
} from './ask-question.js';

export type GiveUpQuestion = (request: AskRequest, cause: AskingCause) => Promise<GivenAnswer>;

export interface GiveUpParts extends SettleQuestionParts, NearestSourcesParts {
  /** The language of a text. Pure. */
  readonly languageIn: (text: string) => string;
}

/**
 * Ends a question that nobody came to answer, with an apology and the sources that come closest. If somebody came after
 * all, that answer stays.
 */
export const giveUp =
  (parts: GiveUpParts): GiveUpQuestion =>
  (request, cause) =>
    settleQuestion(parts, request, cause, (question) => ({
      make: async () => apology(parts, await question()),
      nothing: (language) => textsIn(language).sorry,
    }));

const apology = async (parts: GiveUpParts, question: QuestionToAnswer): Promise<AnswerDraft> => {
  try {
    const { language, lines, citations } = await nearestSources(parts, question);
    return sorry(language, lines, citations);
  } catch {
    // What keeps the search from answering may be why nobody came.
    return sorry(languageFor([parts.languageIn(question.text)]), [], []);
  }
};

const sorry = (
  language: AnswerLanguage,
  lines: readonly string[],
  citations: Extract<AnswerDraft, { readonly outcome: 'abstained' }>['citations'],
): AnswerDraft => {
  const texts = textsIn(language);
  return {
    outcome: 'abstained',
    language,
    answer: (lines.length > 0 ? [texts.sorry, '', texts.nearest, ...lines] : [texts.sorry]).join(
      '\n',
    ),
    citations,
  };
};
