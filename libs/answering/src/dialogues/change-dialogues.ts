import type { FactMeta } from '#libs/contracts';
import { fault, type Id } from '#libs/kernel';

import type { GivenAnswer } from '../answers/answer.js';
import type { AskingCause } from '../ask-question/ask-question.js';
import { dialogueStream } from './dialogue-stream.js';
import { shownDialogue, type DialogueReader, type ShownDialogue } from './dialogue-shown.js';
import type { DialogueCommand } from './dialogue-commands.js';
import { dialogueDecider, questionsLeft, type Dialogue } from './dialogue.js';
import {
  answerIn,
  dialogueOf,
  isBegunBy,
  loadDialogue,
  type DialoguesParts,
} from './read-dialogues.js';

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

export interface ChangeDialoguesParts extends DialoguesParts {
  /** Erases streams whose words are used no more. */
  readonly eraseQuoting: (streams: readonly string[], actor: string) => Promise<unknown>;
}

/** What a person does with what they asked. */
export interface ChangeDialogues {
  /** Each one who reads an answer rates it; the same again changes nothing. What is gone is not rated. */
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

export const changeDialogues = (parts: ChangeDialoguesParts): ChangeDialogues => {
  const { recordsFor, clock } = parts;
  return {
    async rateForAll({ asker, conversation, question, ...said }, cause) {
      const stream = await streamWith(parts, { asker, conversation, question });
      if (stream === undefined) return;
      const { rater, rating, comment } = said;
      const at = clock.now();
      const command: DialogueCommand =
        rating === undefined
          ? { does: 'unrate', question, rater, at }
          : {
              does: 'rate',
              question,
              rater,
              rating,
              at,
              ...(comment !== undefined && { comment }),
            };
      await decide(parts, stream, command, cause);
    },

    async withdraw({ reason, ...asked }, cause) {
      const { question } = asked;
      const stream = await streamWith(parts, asked, { evenWithdrawn: true });
      if (stream === undefined) return;
      const command = { does: 'withdraw', question, reason, at: clock.now() } as const;
      const dialogue = await decide(parts, stream, command, cause);
      // Also after a crash between the two: then its words are still there.
      if (dialogue && questionsLeft(dialogue).length === 0 && hasWords(dialogue))
        await parts.eraseQuoting([stream], cause.actor);
    },

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
  const state = await decide(parts, dialogueStream(id) ?? '', command, { actor, cause });
  if (!state) throw fault('API_NOT_FOUND');
  return state;
};

const decide = async (
  { journal }: DialoguesParts,
  stream: string,
  command: DialogueCommand,
  { actor, cause }: AskingCause,
): Promise<Dialogue | undefined> => {
  const meta: FactMeta = {
    source: 'innkeeper/answering',
    actor,
    correlationId: cause,
    causationId: cause,
  };
  const { state } = await journal.decide(dialogueDecider, {
    stream,
    command: () => command,
    metaOf: () => meta,
  });
  return state;
};

/** The stream of a dialogue that holds this question of this person. */
const streamWith = async (
  { journal }: DialoguesParts,
  { asker, conversation, question }: Omit<QuestionToWithdraw, 'reason'>,
  { evenWithdrawn = false } = {},
): Promise<string | undefined> => {
  const stream = dialogueStream(conversation);
  if (stream === undefined || !(await isBegunBy(journal, stream, asker))) return undefined;
  const dialogue = await journal.stateOf(dialogueDecider, stream);
  const found = dialogue?.questions.find(({ id }) => id === question);
  return found && (evenWithdrawn || found.withdrawn === undefined) ? stream : undefined;
};

const hasWords = ({ questions, title }: Dialogue): boolean =>
  title !== undefined ||
  questions.some(({ text, answer }) => text !== undefined || answer !== undefined);
