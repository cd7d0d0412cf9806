import type { Journal } from '#libs/journal';
import { fault, type Clock, type Id, type Json } from '#libs/kernel';

import type { GivenAnswer } from '../answers/answer.js';
import { givenAnswer } from '../answers/given-answer.js';
import { dialogueStream } from './dialogue-stream.js';
import {
  shortTitle,
  shownDialogue,
  type DialogueReader,
  type ShownDialogue,
} from './dialogue-shown.js';
import { dialogueDecider, type Dialogue } from './dialogue.js';
import type { RecordsFor } from './readable-answers.js';

export interface DialoguesParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly recordsFor: RecordsFor;
}

/** A dialogue in a list: what it began with, and when it was last used. */
export interface ListedDialogue {
  readonly id: Id;
  readonly title: string;
  readonly archived: boolean;
  readonly lastAskedAt: string;
}

export interface DialoguePage {
  readonly items: readonly ListedDialogue[];
  readonly next?: string;
}

interface DialogueListQuery {
  readonly limit: number;
  readonly after?: string;
}

/** The dialogues of one person. Those of others do not exist. */
export interface ReadDialogues {
  /** Used last first. */
  list(reader: DialogueReader, query: DialogueListQuery): Promise<DialoguePage>;
  show(reader: DialogueReader, id: Id): Promise<ShownDialogue>;
  /** One question with its answer, by its own id. */
  question(reader: DialogueReader, id: Id): Promise<GivenAnswer>;
}

export const readDialogues = (parts: DialoguesParts): ReadDialogues => {
  const { recordsFor } = parts;
  return {
    list: ({ asker }, query) => listDialogues(recordsFor, asker, query),

    show: async (reader, id) =>
      shownDialogue(recordsFor, reader, id, await loadDialogue(parts, reader, id)),

    async question(reader, id) {
      const conversation = await dialogueOf(parts, reader, id);
      return answerIn(parts, reader, {
        conversation,
        dialogue: await loadDialogue(parts, reader, conversation),
        id,
      });
    },
  };
};

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const listDialogues = async (
  recordsFor: RecordsFor,
  asker: string,
  query: DialogueListQuery,
): Promise<DialoguePage> => {
  const page = await recordsFor([asker]).list({
    kind: 'question',
    where: { asker, turn: 1 },
    ...query,
  });
  const items = page.items.map(({ dialogue, displayName, archived, lastAskedAt }) => ({
    id: textOf(dialogue),
    title: shortTitle(textOf(displayName)),
    archived: archived === true,
    lastAskedAt: textOf(lastAskedAt),
  }));
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/** As the log says it now. */
export const loadDialogue = async (
  { journal }: DialoguesParts,
  { asker }: DialogueReader,
  id: Id,
): Promise<Dialogue> => {
  const stream = dialogueStream(id);
  const dialogue = stream && (await journal.stateOf(dialogueDecider, stream));
  if (!dialogue || dialogue.asker !== asker) throw fault('API_NOT_FOUND');
  return dialogue;
};

/** Which dialogue a question belongs to: the first of one has its id, the catalog knows the others. */
export const dialogueOf = async (
  { journal, recordsFor }: DialoguesParts,
  { asker }: DialogueReader,
  question: Id,
): Promise<Id> => {
  const first = dialogueStream(question);
  if (first === undefined) throw fault('API_NOT_FOUND');
  if (await journal.stateOf(dialogueDecider, first)) return question;
  const record = await recordsFor([asker]).show('question', question);
  if (typeof record?.dialogue !== 'string') throw fault('API_NOT_FOUND');
  return record.dialogue;
};

export const answerIn = (
  { recordsFor }: DialoguesParts,
  { principals }: DialogueReader,
  {
    conversation,
    dialogue,
    id,
  }: { readonly conversation: Id; readonly dialogue: Dialogue; readonly id: Id },
): Promise<GivenAnswer> => {
  const question = dialogue.questions.find((one) => one.id === id);
  if (!question) throw fault('API_NOT_FOUND');
  return givenAnswer(recordsFor, { conversation, question, principals });
};
