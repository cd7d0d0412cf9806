import type { Id } from '#libs/kernel';

import type { DialogueQuestion } from '../dialogues/dialogue.js';
import { isReadable, namesOfReadable, type RecordsFor } from '../dialogues/readable-answers.js';
import { textsIn } from '../texts/answer-texts.js';
import type { GivenAnswer } from './answer.js';

interface AnswerToGive {
  readonly conversation: Id;
  readonly question: DialogueQuestion;
  readonly principals: readonly string[];
}

/** An answer as its asker may see it now. */
export const givenAnswer = async (
  recordsFor: RecordsFor,
  { conversation, question, principals }: AnswerToGive,
): Promise<GivenAnswer> =>
  shownAnswer(conversation, question, await namesOfReadable(recordsFor, principals, [question]));

/**
 * Withdrawn where something that it rests on may not be read any more, where its words were erased, or where its asker
 * took it back.
 */
export const shownAnswer = (
  conversation: Id,
  question: DialogueQuestion,
  readable: ReadonlyMap<string, string>,
): GivenAnswer => {
  const { id, askedAt, text = '', outcome, answer, language = 'en', rating } = question;
  const shown = {
    id,
    conversation,
    question: text,
    askedAt,
    language,
    ...(rating !== undefined && { rating }),
  };
  if (question.withdrawn !== undefined) {
    const { takenBack } = textsIn(language);
    const gone = { outcome: 'withdrawn', answer: takenBack, citations: [], choices: [] } as const;
    return { id, conversation, askedAt, language, question: '', ...gone };
  }
  if (outcome === undefined)
    return { ...shown, outcome: 'open', answer: '', citations: [], choices: [] };
  if (answer === undefined || !isReadable(question, readable)) {
    const { withdrawn } = textsIn(language);
    return { ...shown, outcome: 'withdrawn', answer: withdrawn, citations: [], choices: [] };
  }
  const { way, count, citations, quotes, choices } = question;
  return {
    ...shown,
    outcome,
    answer,
    citations: citations.map((cited, i) => ({
      ...cited,
      name: readable.get(cited.record) ?? cited.record,
      quote: quotes[i] ?? '',
    })),
    choices,
    ...(way !== undefined && { way }),
    ...(count !== undefined && { count }),
  };
};
