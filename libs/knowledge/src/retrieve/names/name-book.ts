import { tellingOf } from './generic-words.js';
import { nameWordsIn } from './name-words.js';
import { likeness, piecesOf } from './word-likeness.js';

/** What something is called, for finding what a question is about. */
export interface NamedThing {
  /** `kind/id`. */
  readonly id: string;
  /** The first is shown to people. */
  readonly names: readonly string[];
  /** Who may know of it. Missing: everybody who asks. */
  readonly audience?: readonly string[];
}

/** One name as words, each with what it tells. */
export interface BookedName {
  readonly thing: NamedThing;
  readonly words: readonly string[];
  /** How much a word tells this thing from others, 0 to 1, one for each word. */
  readonly weights: readonly number[];
  readonly total: number;
}

/** A word of a name that a word of a text may stand for. */
export interface LikeWord {
  readonly word: string;
  readonly like: number;
}

export interface NameBook {
  readonly size: number;
  /** Whether a thing with this id has a name here. */
  has(id: string): boolean;
  /** Names that have this word, or two neighbouring words that make it, and are told from others by it. */
  holding(word: string): readonly { readonly name: BookedName; readonly at: number }[];
  /** Things with this number in a name: beside other words it tells little, since it stands in every date. */
  numbered(number: string): readonly NamedThing[];
  /** Words of names that this one is, also misspelt, best first. */
  like(word: string): readonly LikeWord[];
}

/** About what share of other things a folded word is said: what is said of all names none. */
export type ShareOfTexts = (word: string) => number;

const nowhere: ShareOfTexts = () => 0;

/** A word that is said of so many tells nothing of the one it names. */
const EVERYDAY = 0.25;
/** What a word loses that everybody says. */
const COMMON = 0.85;
/** A word that tells at least this much finds a name by itself. */
const TELLS = 0.3;

/** All names, ready to be looked for in texts. Pure; building it costs a pass over all names. */
export const nameBook = (
  things: readonly NamedThing[],
  shareOfTexts: ShareOfTexts = nowhere,
): NameBook => {
  const holders = holdersOf(things);
  const weigh = weightOf(holders, things.length, shareOfTexts);
  const byWord = new Map<string, { name: BookedName; at: number }[]>();
  const note = (word: string, name: BookedName, at: number): void => {
    const known = byWord.get(word);
    if (known) known.push({ name, at });
    else byWord.set(word, [{ name, at }]);
  };
  for (const name of things.flatMap((thing) => booked(thing, weigh)))
    for (const at of keysOf(name)) {
      note(name.words[at] ?? '', name, at);
      const next = name.words[at + 1];
      if (next !== undefined) note(`${name.words[at] ?? ''}${next}`, name, at);
      if (at > 0) note(`${name.words[at - 1] ?? ''}${name.words[at] ?? ''}`, name, at - 1);
    }
  const ids = new Set(things.map(({ id }) => id));
  const byNumber = numberedIn(things);
  return {
    size: things.length,
    has: (id) => ids.has(id),
    holding: (word) => byWord.get(word) ?? [],
    numbered: (number) => byNumber.get(number) ?? [],
    like: likeWords([...byWord.keys()]),
  };
};

const numberedIn = (things: readonly NamedThing[]): ReadonlyMap<string, readonly NamedThing[]> => {
  const numbered = new Map<string, NamedThing[]>();
  for (const thing of things) {
    const words = thing.names.flatMap((name) => nameWordsIn(name).map(({ text }) => text));
    for (const number of new Set(words.filter((word) => /^\d/.test(word))))
      numbered.set(number, [...(numbered.get(number) ?? []), thing]);
  }
  return numbered;
};

/** By how many things each word is held. */
const holdersOf = (things: readonly NamedThing[]): ReadonlyMap<string, number> => {
  const holders = new Map<string, number>();
  for (const { names } of things)
    for (const word of new Set(names.flatMap((name) => nameWordsIn(name).map(({ text }) => text))))
      holders.set(word, (holders.get(word) ?? 0) + 1);
  return holders;
};

const weightOf =
  (holders: ReadonlyMap<string, number>, all: number, shareOfTexts: ShareOfTexts) =>
  (word: string): number => {
    const rare = Math.log(1 + all / (holders.get(word) ?? 1)) / Math.log(1 + all);
    const everyday = shareOfTexts(word) / EVERYDAY;
    return tellingOf(word) * rare * (1 - COMMON * Math.min(1, everyday));
  };

const booked = (thing: NamedThing, weigh: (word: string) => number): readonly BookedName[] =>
  thing.names.flatMap((text) => {
    const words = nameWordsIn(text).map(({ text: word }) => word);
    const weights = words.map(weigh);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return words.length > 0 ? [{ thing, words, weights, total }] : [];
  });

/** Where the words stand by which a name is found: those that tell something, else the one that tells most. */
const keysOf = ({ weights }: BookedName): readonly number[] => {
  const telling = weights.flatMap((weight, at) => (weight >= TELLS ? [at] : []));
  return telling.length > 0 ? telling : [weights.indexOf(Math.max(...weights))];
};

const KNOWN_LIMIT = 5_000;

/** Words are compared only with those that share pieces with them. */
const likeWords = (words: readonly string[]): NameBook['like'] => {
  const byPiece = new Map<string, number[]>();
  words.forEach((word, i) => {
    for (const piece of piecesOf(word)) {
      const known = byPiece.get(piece);
      if (known) known.push(i);
      else byPiece.set(piece, [i]);
    }
  });
  const known = new Map<string, readonly LikeWord[]>();
  return (word) => {
    const before = known.get(word);
    if (before) return before;
    const shared = new Map<number, number>();
    for (const piece of piecesOf(word))
      for (const i of byPiece.get(piece) ?? []) shared.set(i, (shared.get(i) ?? 0) + 1);
    const found = [...shared.keys()]
      .map((i) => ({ word: words[i] ?? '', like: likeness(word, words[i] ?? '') }))
      .filter(({ like }) => like > 0)
      .sort((a, b) => b.like - a.like);
    if (known.size >= KNOWN_LIMIT) known.clear();
    known.set(word, found);
    return found;
  };
};
