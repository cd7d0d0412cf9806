import type { Id } from '#libs/kernel';

import type { GivenAnswer } from '../answers/answer.js';
import { shownAnswer } from '../answers/given-answer.js';
import { questionsLeft, type Dialogue } from './dialogue.js';
import { namesOfReadable, type RecordsFor } from './readable-answers.js';

/** Who looks: whose dialogues these are, and what may be read now. */
export interface DialogueReader {
  readonly asker: string;
  readonly principals: readonly string[];
}

export interface ShownDialogue {
  readonly id: Id;
  readonly title: string;
  readonly archived: boolean;
  readonly questions: readonly GivenAnswer[];
}

const TITLE_LENGTH = 80;

export const shortTitle = (title: string): string => title.slice(0, TITLE_LENGTH);

/** A dialogue with each answer that may be shown now. */
export const shownDialogue = async (
  recordsFor: RecordsFor,
  { principals }: DialogueReader,
  id: Id,
  dialogue: Dialogue,
): Promise<ShownDialogue> => {
  const { archived, title } = dialogue;
  const questions = questionsLeft(dialogue);
  const readable = await namesOfReadable(recordsFor, principals, questions);
  return {
    id,
    title: shortTitle(title ?? questions[0]?.text ?? ''),
    archived,
    questions: questions.map((question) => shownAnswer(id, question, readable)),
  };
};
