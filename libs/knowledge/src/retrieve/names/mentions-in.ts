import { isGenericInNames } from './generic-words.js';
import type { BookedName, NameBook, NamedThing } from './name-book.js';
import { nameWordsIn, type NameWord } from './name-words.js';
import { likeness } from './word-likeness.js';

/** Where a word of a name stands in a text, in UTF-16 units. */
export interface NameSpan {
  readonly start: number;
  readonly end: number;
}

/** A name that was found in a text, whole or in part. */
export interface NameMention {
  readonly thing: NamedThing;
  /** Its first and last word in the text, both within it. */
  readonly from: number;
  readonly to: number;
  /** The words that stand for it, in UTF-16 units. */
  readonly spans: readonly NameSpan[];
  /** What the words tell that were found, each by its weight and likeness. */
  readonly told: number;
  /** The share of the name that was found, by weight. */
  readonly coverage: number;
  /** How sure it is that this name is meant: 0 to 1. */
  readonly strength: number;
}

/** Less than this is a coincidence. */
const LEAST_STRENGTH = 0.35;
const LEAST_LIKENESS = 0.6;
/** Two words of a text that are one of a name, or one that is two, must be closer. */
const LEAST_JOINED = 0.7;
/** All words of a name in a row mean that name, however common each of them is. */
const WHOLE = 0.75;
const WHOLE_LIKENESS = 0.75;
const CAPITAL = 1.25;

/** Names in a text, each thing once, the most telling first. */
export const mentionsIn = (book: NameBook, text: string): readonly NameMention[] => {
  const said = nameWordsIn(text);
  const best = new Map<string, NameMention>();
  for (const [name, starts] of startsIn(book, said))
    for (const start of starts) {
      const mention = mentionOf(name, said, start);
      if (!mention || mention.strength < LEAST_STRENGTH) continue;
      const known = best.get(name.thing.id);
      if (!known || worthOf(mention) >= worthOf(known)) best.set(name.thing.id, mention);
    }
  return [...best.values()].sort((a, b) => worthOf(b) - worthOf(a));
};

/** The words of a text that name one of these things. */
export const spansOf = (
  book: NameBook,
  text: string,
  ids: readonly string[],
): readonly NameSpan[] =>
  mentionsIn(book, text).flatMap(({ spans, thing }) => (ids.includes(thing.id) ? spans : []));

/** What a mention is compared with others by: all that was found, less where much of the name is missing. */
export const worthOf = ({ told, coverage }: NameMention): number => told * Math.sqrt(coverage);

/** Where each name would begin, by the words in the text that are like its own. */
const startsIn = (
  book: NameBook,
  said: readonly NameWord[],
): ReadonlyMap<BookedName, ReadonlySet<number>> => {
  const starts = new Map<BookedName, Set<number>>();
  const note = (form: string, at: number, least: number): void => {
    for (const { word, like } of book.like(form)) {
      if (like < least) break;
      for (const held of book.holding(word)) {
        const known = starts.get(held.name);
        if (known) known.add(at - held.at);
        else starts.set(held.name, new Set([at - held.at]));
      }
    }
  };
  said.forEach(({ text }, at) => {
    note(text, at, LEAST_LIKENESS);
    const next = said[at + 1];
    if (next) note(text + next.text, at, LEAST_JOINED);
  });
  return starts;
};

interface FoundWord {
  readonly from: number;
  readonly to: number;
  readonly like: number;
  /** How many words of the name it stands for. */
  readonly words: number;
}

const mentionOf = (
  name: BookedName,
  said: readonly NameWord[],
  start: number,
): NameMention | undefined => {
  const { words, weights, total, thing } = name;
  let told = 0;
  let most = 0;
  let whole = true;
  let from = -1;
  let to = -1;
  const spans: NameSpan[] = [];
  for (let at = 0; at < words.length;) {
    const found = wordNear(name, at, said, Math.max(start + at - 1, to + 1, 0));
    if (!found) whole = false;
    else {
      const weight = sum(weights.slice(at, at + found.words)) * found.like;
      const isCapital = said[found.from]?.isCapital === true;
      told += weight;
      most = Math.max(most, isCapital ? weight * CAPITAL : weight);
      whole &&= found.like >= WHOLE_LIKENESS;
      if (from < 0) from = found.from;
      to = found.to;
      for (const { start, end } of said.slice(found.from, found.to + 1)) spans.push({ start, end });
    }
    at += found?.words ?? 1;
  }
  if (from < 0 || total === 0) return undefined;
  const coverage = Math.min(1, told / total);
  const isWhole = whole && words.length > 1;
  const strength = Math.sqrt(coverage) * Math.min(1, Math.max(most, isWhole ? WHOLE : 0));
  return {
    thing,
    from,
    to,
    spans,
    told: isWhole ? Math.max(told, WHOLE) : told,
    coverage,
    strength,
  };
};

/** How far words of a name may be moved in a text: one is left out, or another put between. */
const REACH = 3;

const wordNear = (
  { words }: BookedName,
  at: number,
  said: readonly NameWord[],
  start: number,
): FoundWord | undefined => {
  const word = words[at] ?? '';
  const next = words[at + 1];
  let best: FoundWord | undefined;
  const note = (found: FoundWord, least: number): void => {
    if (found.like >= least && found.like > (best?.like ?? 0)) best = found;
  };
  for (let i = start; i < Math.min(start + REACH, said.length); i++) {
    const text = said[i]?.text ?? '';
    const after = said[i + 1]?.text;
    // Short and common words stand everywhere: only where they belong do they count.
    const least = isGenericInNames(word) ? 1 : LEAST_LIKENESS;
    note({ from: i, to: i, like: likeness(text, word), words: 1 }, least);
    if (after !== undefined)
      note({ from: i, to: i + 1, like: likeness(text + after, word), words: 1 }, LEAST_JOINED);
    if (next !== undefined)
      note({ from: i, to: i, like: likeness(text, word + next), words: 2 }, LEAST_JOINED);
  }
  return best;
};

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
