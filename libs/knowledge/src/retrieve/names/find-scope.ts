import type { DialogueTurn, FoundScope, ScopeChoice } from '../retrieval.js';
import { mentionsIn, worthOf, type NameMention } from './mentions-in.js';
import type { NameBook, NamedThing } from './name-book.js';

/** What scope is found from. */
export interface ScopeQuestion {
  readonly text: string;
  /** Earlier turns, oldest first. */
  readonly turns: readonly DialogueTurn[];
  readonly principals: readonly string[];
}

/** More is not talked about any more. */
const TURNS = 10;
/** The best must be worth so much more than the next one to be meant alone. */
const CLEAR = 1.25;
/** A name that holds another one must tell so much more: an article does not. */
const MORE = 1.05;
/** More choices than a person reads. */
const MOST_CHOICES = 5;

export const nothingNamed: FoundScope = { state: 'none', ids: [], choices: [] };

/**
 * What a question is about: what the newest turn names, else the one before it, and so on. Where a turn names several
 * alike, the older turns decide between them; if they do not, the scope is ambiguous.
 */
export const findScope = (
  book: NameBook,
  { text, turns, principals }: ScopeQuestion,
): FoundScope => {
  const newestFirst = [text, ...turns.map((turn) => turn.text).reverse()].slice(0, TURNS + 1);
  const mayKnow = ({ audience }: NamedThing): boolean =>
    audience === undefined || audience.some((reader) => principals.includes(reader));
  const mentioned = newestFirst.map((said) =>
    mentionsIn(book, said).filter(({ thing }) => mayKnow(thing)),
  );
  const newest = mentioned.findIndex((mentions) => mentions.length > 0);
  const contenders = contendersOf(mentioned[newest] ?? []);
  const [first] = contenders;
  if (!first) return nothingNamed;
  const left = contenders.length === 1 ? contenders : decidedBy(contenders, mentioned, newest);
  if (left.length === 1) return { state: 'found', ids: idsOf(left), choices: [] };
  return { state: 'ambiguous', ids: idsOf(left), choices: choicesOf(left) };
};

/** Those that are not clearly less meant than the best, without those that only share a word with a longer one. */
const contendersOf = (mentions: readonly NameMention[]): readonly NameMention[] => {
  const [best] = mentions;
  if (!best) return [];
  const own = mentions.filter((one) => !mentions.some((other) => isWithin(one, other)));
  return own.filter((one) => worthOf(one) * CLEAR >= worthOf(best));
};

/** The words of one stand among more words of the other, which tell more. */
const isWithin = (one: NameMention, other: NameMention): boolean =>
  other.from <= one.from &&
  other.to >= one.to &&
  other.to - other.from > one.to - one.from &&
  worthOf(other) > worthOf(one) * MORE;

/** The one of them that older turns, or the other words of the question, speak of. */
const decidedBy = (
  contenders: readonly NameMention[],
  mentioned: readonly (readonly NameMention[])[],
  newest: number,
): readonly NameMention[] => {
  for (const older of mentioned.slice(newest + 1)) {
    const again = contenders.filter(({ thing }) =>
      contendersOf(older).some((mention) => mention.thing.id === thing.id),
    );
    if (again.length === 1) return again;
  }
  return contenders;
};

const idsOf = (mentions: readonly NameMention[]): readonly string[] =>
  mentions.slice(0, MOST_CHOICES).map(({ thing }) => thing.id);

const choicesOf = (mentions: readonly NameMention[]): readonly ScopeChoice[] =>
  mentions.slice(0, MOST_CHOICES).map(({ thing: { id, names } }) => ({ id, name: names[0] ?? id }));
