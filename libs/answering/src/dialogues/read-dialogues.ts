import type { Journal } from '#libs/journal';
import { fault, type Clock, type Id, type Json, type JsonObject } from '#libs/kernel';

import type { GivenAnswer } from '../answers/answer.js';
import { givenAnswer } from '../answers/given-answer.js';
import { folded } from '../texts/folded.js';
import { dialogueStream } from './dialogue-stream.js';
import {
  shortTitle,
  shownDialogue,
  type DialogueReader,
  type ShownDialogue,
} from './dialogue-shown.js';
import { dialogueDecider, questionsLeft, type Dialogue } from './dialogue.js';
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
  readonly list: (reader: DialogueReader, query: DialogueListQuery) => Promise<DialoguePage>;
  /** Those with a question that holds all of these words, or their beginnings; asked last first. */
  readonly find: (
    reader: DialogueReader,
    text: string,
    limit: number,
  ) => Promise<readonly ListedDialogue[]>;
  readonly show: (reader: DialogueReader, id: Id) => Promise<ShownDialogue>;
  /** One question with its answer, by its own id. */
  readonly question: (reader: DialogueReader, id: Id) => Promise<GivenAnswer>;
}

export const readDialogues = (parts: DialoguesParts): ReadDialogues => {
  const { recordsFor } = parts;
  return {
    list: ({ asker }, query) => listDialogues(recordsFor, asker, query),

    find: ({ asker }, text, limit) => findDialogues(recordsFor, asker, { text, limit }),

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

const listedOf = ({
  dialogue,
  displayName,
  archived,
  lastAskedAt,
}: JsonObject): ListedDialogue => ({
  id: textOf(dialogue),
  title: shortTitle(textOf(displayName)),
  archived: archived === true,
  lastAskedAt: textOf(lastAskedAt),
});

/** Where its first question was taken back, the next one stands for a dialogue; without any it is not listed. */
const listedNow = async (
  recordsFor: RecordsFor,
  asker: string,
  first: JsonObject,
): Promise<ListedDialogue | undefined> => {
  if (first.withdrawn === undefined) return listedOf(first);
  const where = { asker, dialogue: textOf(first.dialogue) };
  const { items } = await recordsFor([asker]).list({ kind: 'question', where, limit: PAGE });
  // Those asked last come first.
  const next = items.findLast(({ withdrawn }) => withdrawn === undefined);
  if (!next) return undefined;
  const isTitled = first.title !== undefined;
  return listedOf({ ...first, ...(!isTitled && { displayName: next.displayName ?? '' }) });
};

const PAGE = 200;

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
  const listed = await Promise.all(page.items.map((first) => listedNow(recordsFor, asker, first)));
  const items = listed.flatMap((one) => one ?? []);
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/** So many of one person's questions are looked through, the newest first. */
const LOOKED_THROUGH = 2_000;

/** Looks through the person's own questions: they are few, and nobody else's are touched. */
const findDialogues = async (
  recordsFor: RecordsFor,
  asker: string,
  { text, limit }: { readonly text: string; readonly limit: number },
): Promise<readonly ListedDialogue[]> => {
  const words = folded(text).split(' ').filter(Boolean);
  const ids = new Set<string>();
  const query = { kind: 'question', where: { asker }, limit: PAGE } as const;
  let after: string | undefined;
  for (let read = 0; read < LOOKED_THROUGH && ids.size < limit; read += PAGE) {
    const page = await recordsFor([asker]).list(after === undefined ? query : { ...query, after });
    for (const { text: asked, title, dialogue, withdrawn } of page.items) {
      if (withdrawn !== undefined && title === undefined) continue;
      const said = ` ${folded(`${textOf(asked)} ${textOf(title)}`)}`;
      if (words.every((word) => said.includes(` ${word}`))) ids.add(textOf(dialogue));
    }
    after = page.next;
    if (after === undefined) break;
  }
  // The first question of a dialogue has its id.
  const wanted = [...ids].slice(0, limit).map((id) => `question/${id}`);
  const firsts = await recordsFor([asker]).showMany(wanted);
  const found = wanted.map((id) => firsts.get(id)).filter((first) => first !== undefined);
  const listed = await Promise.all(found.map((first) => listedNow(recordsFor, asker, first)));
  return listed.flatMap((one) => one ?? []);
};

/** As the log says it now. */
export const loadDialogue = async (
  { journal }: DialoguesParts,
  { asker }: DialogueReader,
  id: Id,
): Promise<Dialogue> => {
  const stream = dialogueStream(id);
  if (stream === undefined || !(await isBegunBy(journal, stream, asker)))
    throw fault('API_NOT_FOUND');
  const dialogue = await journal.stateOf(dialogueDecider, stream);
  if (!dialogue || questionsLeft(dialogue).length === 0) throw fault('API_NOT_FOUND');
  return dialogue;
};

/** Before anything of it is opened: what is somebody else's costs what nothing costs. */
export const isBegunBy = async (
  journal: Pick<Journal, 'firstOf'>,
  stream: string,
  asker: string,
): Promise<boolean> => (await journal.firstOf(stream))?.data.asker === asker;

/** Which dialogue a question belongs to: the first of one has its id, the catalog knows the others. */
export const dialogueOf = async (
  { journal, recordsFor }: DialoguesParts,
  { asker }: DialogueReader,
  question: Id,
): Promise<Id> => {
  const first = dialogueStream(question);
  if (first === undefined) throw fault('API_NOT_FOUND');
  if (await isBegunBy(journal, first, asker)) return question;
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
  const question = questionsLeft(dialogue).find((one) => one.id === id);
  if (!question) throw fault('API_NOT_FOUND');
  return givenAnswer(recordsFor, { conversation, question, principals });
};
