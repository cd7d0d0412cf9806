import { fault, type Id } from '#libs/kernel';

import type { GivenAnswer } from '../answers/answer.js';
import type { AskingCause } from '../ask-question/ask-question.js';
import { dialogueStream } from './dialogue-stream.js';
import { shownDialogue, type DialogueReader, type ShownDialogue } from './dialogue-shown.js';
import { dialogueDecider, type Dialogue, type DialogueCommand } from './dialogue.js';
import { answerIn, dialogueOf, loadDialogue, type DialoguesParts } from './read-dialogues.js';

interface AnswerRating {
  readonly question: Id;
  readonly rating: 'up' | 'down';
  readonly comment?: string;
}

/** What somebody says of an answer that others read too. */
export interface HeardRating {
  /** Whose question it is, and where it stands. */
  readonly asker: string;
  readonly conversation: Id;
  readonly question: Id;
  /** Who says so, as a principal. */
  readonly rater: string;
  /** Missing: what was said before is taken back. */
  readonly rating?: 'up' | 'down';
  readonly comment?: string;
}

export interface QuestionToWithdraw {
  readonly asker: string;
  readonly conversation: Id;
  readonly question: Id;
  readonly reason: 'deleted' | 'edited';
}

/** What a person does with what they asked. */
export interface ChangeDialogues {
  /** Whoever reads an answer rates it; the same again changes nothing. What is gone is not rated. */
  readonly rateForAll: (rating: HeardRating, cause: AskingCause) => Promise<void>;
  /** Takes a question back: it is shown nowhere any more. A dialogue with no other question is erased. */
  readonly withdraw: (question: QuestionToWithdraw, cause: AskingCause) => Promise<void>;
  readonly rate: (
    reader: DialogueReader,
    rating: AnswerRating,
    cause: AskingCause,
  ) => Promise<GivenAnswer>;
  readonly rename: (
    reader: DialogueReader,
    id: Id,
    title: string,
    cause: AskingCause,
  ) => Promise<ShownDialogue>;
  readonly archive: (reader: DialogueReader, id: Id, cause: AskingCause) => Promise<ShownDialogue>;
}

export const changeDialogues = (parts: DialoguesParts): ChangeDialogues => {
  const { recordsFor, clock } = parts;
  return {
    rateForAll: () => Promise.reject(fault('DEFECT_UNKNOWN')),
    withdraw: () => Promise.reject(fault('DEFECT_UNKNOWN')),

    async rate(reader, rating, cause) {
      const conversation = await dialogueOf(parts, reader, rating.question);
      const command = { does: 'rate', ...rating, at: clock.now() } as const;
      const dialogue = await change(parts, reader, { id: conversation, command, cause });
      return answerIn(parts, reader, { conversation, dialogue, id: rating.question });
    },

    async rename(reader, id, title, cause) {
      const command = { does: 'rename', title, at: clock.now() } as const;
      const dialogue = await change(parts, reader, { id, command, cause });
      return shownDialogue(recordsFor, reader, id, dialogue);
    },

    async archive(reader, id, cause) {
      const command = { does: 'archive', at: clock.now() } as const;
      const dialogue = await change(parts, reader, { id, command, cause });
      return shownDialogue(recordsFor, reader, id, dialogue);
    },
  };
};

interface DialogueChange {
  readonly id: Id;
  readonly command: DialogueCommand;
  readonly cause: AskingCause;
}

/** Somebody else's dialogue is not there. */
const change = async (
  parts: DialoguesParts,
  reader: DialogueReader,
  { id, command, cause: { actor, cause } }: DialogueChange,
): Promise<Dialogue> => {
  await loadDialogue(parts, reader, id);
  const meta = {
    source: 'innkeeper/answering',
    actor,
    correlationId: cause,
    causationId: cause,
  };
  const { state } = await parts.journal.decide(dialogueDecider, {
    stream: dialogueStream(id) ?? '',
    command: () => command,
    metaOf: () => meta,
  });
  if (!state) throw fault('API_NOT_FOUND');
  return state;
};
