import type { Catalog } from '#libs/catalog';

import type { AnswerTurn } from '../answers/answer.js';
import { questionsLeft, type Dialogue } from './dialogue.js';

export type RecordsFor = Catalog['recordsFor'];

/** What an answer rests on: what it cites, and what it offered to choose from. */
export interface AnswerGrounds {
  readonly citations: readonly { readonly record: string }[];
  readonly choices: readonly { readonly id: string }[];
}

export const restsOn = ({ citations, choices }: AnswerGrounds): readonly string[] => [
  ...citations.map(({ record }) => record),
  ...choices.map(({ id }) => id),
];

/** Of these records those that are there now, and that the principals may read; with what people call them. */
export const namesOfReadable = async (
  recordsFor: RecordsFor,
  principals: readonly string[],
  questions: readonly AnswerGrounds[],
): Promise<ReadonlyMap<string, string>> => {
  const records = [...new Set(questions.flatMap(restsOn))];
  const shown = await recordsFor(principals).showMany(records);
  const names = new Map<string, string>();
  for (const [record, view] of shown)
    if (view.deleted !== true)
      names.set(record, typeof view.displayName === 'string' ? view.displayName : record);
  return names;
};

/** An old answer is shown, or used, only while everything that it rests on may be read. */
export const isReadable = (
  question: AnswerGrounds,
  readable: ReadonlyMap<string, string>,
): boolean => restsOn(question).every((record) => readable.has(record));

/** So many earlier turns help to understand a question. */
const TURNS = 10;

/**
 * The last turns before a question, oldest first: of its own dialogue, and of others that were heard in the same thread.
 * Of an answer that quotes, the quotes: our own words around them would only be in the way.
 */
export const turnsBefore = async (
  recordsFor: RecordsFor,
  principals: readonly string[],
  dialogue: Dialogue,
  { turn, askedAt, besides }: QuestionPlace,
): Promise<readonly AnswerTurn[]> => {
  const own = questionsLeft(dialogue).filter((one) => one.turn < turn);
  const others = besides.flatMap(questionsLeft).filter((one) => one.askedAt <= askedAt);
  const before = [...others, ...own].sort((a, b) => a.askedAt - b.askedAt).slice(-TURNS / 2);
  const readable = await namesOfReadable(recordsFor, principals, before);
  return before.flatMap((question): AnswerTurn[] => {
    const { text, answer, quotes } = question;
    const quoted = quotes.filter(Boolean).join('\n');
    const said = isReadable(question, readable) ? quoted || answer : undefined;
    return [
      ...(text === undefined ? [] : [{ who: 'user', text } as const]),
      ...(said === undefined
        ? []
        : [{ who: 'other', text: said, records: restsOn(question) } as const]),
    ];
  });
};

/** Where a question stands among others. */
interface QuestionPlace {
  readonly turn: number;
  readonly askedAt: number;
  /** Other dialogues of the same thread. */
  readonly besides: readonly Dialogue[];
}
