import { compoundPieces } from './compound-pieces.js';

/** A compound has at least two pieces of three letters, and hardly ever fewer letters than this. */
const SHORTEST = 7;
const SHORTEST_PIECE = 3;
/** A piece that nobody listed must be longer, or endings of words would be taken for one. */
const SHORTEST_UNKNOWN = 4;

/** What stands between two pieces: `Wohnung-s-schlüssel`. */
const links: Readonly<Record<'de' | 'nl', readonly string[]>> = {
  de: ['', 's', 'n', 'en', 'es', 'e', 'er'],
  nl: ['', 's', 'e', 'en'],
};

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

const known: Readonly<Record<'de' | 'nl', ReadonlySet<string>>> = {
  de: setOf(compoundPieces.de),
  nl: setOf(compoundPieces.nl),
};

type Compounding = 'de' | 'nl';

const makesCompounds = (language: string): language is Compounding =>
  language === 'de' || language === 'nl';

/**
 * The pieces of a compound, folded, from the front, and each tail of it that is a word: `haustürschlüssel` has `haus`,
 * `tur`, `schlussel`, `turschlussel`. None if it is no compound, as far as the list of pieces tells.
 */
export const piecesOf = (word: string, language: string): readonly string[] => {
  if (!makesCompounds(language) || word.length < SHORTEST) return [];
  const whole = split(word, language, 4);
  if (whole !== undefined && whole.length > 1) return [...whole, ...tailsOf(word, whole)];
  return halvesOf(word, language);
};

/** Cuts a word into listed pieces, the longest first; an ending of the last piece may be an inflection. */
const split = (word: string, language: Compounding, most: number): string[] | undefined => {
  if (isPiece(word, language)) return [word];
  if (most === 1) return undefined;
  for (let end = word.length - SHORTEST_PIECE; end >= SHORTEST_PIECE; end--) {
    const first = word.slice(0, end);
    if (!known[language].has(first)) continue;
    for (const link of links[language]) {
      const rest = word.slice(end);
      if (!rest.startsWith(link) || rest.length - link.length < SHORTEST_PIECE) continue;
      const pieces = split(rest.slice(link.length), language, most - 1);
      if (pieces !== undefined) return [first, ...pieces];
    }
  }
  return undefined;
};

const INFLECTIONS = ['', 's', 'n', 'en', 'e', 'es', 'er', 'ern'] as const;

const isPiece = (word: string, language: Compounding): boolean =>
  INFLECTIONS.some(
    (ending) =>
      word.endsWith(ending) && known[language].has(word.slice(0, word.length - ending.length)),
  );

/** `turschlussel` of `haus`, `tur`, `schlussel`: what a compound ends with, if that is one again. */
const tailsOf = (word: string, pieces: readonly string[]): readonly string[] =>
  pieces.slice(1, -1).map((_, index) => word.slice(word.lastIndexOf(pieces[index + 1] ?? '')));

/** One half is listed, the other is any word: `kaffee-maschine`, where nobody listed coffee. */
const halvesOf = (word: string, language: Compounding): readonly string[] => {
  for (let cut = SHORTEST_UNKNOWN; cut <= word.length - SHORTEST_UNKNOWN; cut++) {
    const tail = word.slice(cut);
    if (tail.length >= SHORTEST_UNKNOWN && isPiece(tail, language))
      return [word.slice(0, cut), tail];
  }
  return [];
};
