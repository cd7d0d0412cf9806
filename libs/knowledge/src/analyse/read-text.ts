import type { TermHash } from '#libs/ports/search-index';

import type { HashTerm } from './term-hash.js';
import { tokensOf, wholesOf } from './tokens.js';
import type { ReadWord, WordForms } from './word-forms.js';

/** A word of a text with its place, in UTF-16 units. */
export interface PlacedWord {
  readonly start: number;
  readonly end: number;
  readonly forms: WordForms;
}

/** What is looked for as a whole: it begins at the word with this number, and may reach over several. */
export interface PlacedWhole {
  readonly at: number;
  readonly term: TermHash;
  /** Less sure spellings. */
  readonly also: readonly TermHash[];
}

/** A text as it is compared with questions. */
export interface TextReading {
  readonly words: readonly PlacedWord[];
  /** In the order of the text. */
  readonly wholes: readonly PlacedWhole[];
}

export const readText = (text: string, read: ReadWord, hash: HashTerm): TextReading => {
  const tokens = tokensOf(text);
  const words = tokens.map(({ text: written, start, end }) => ({
    ...{ start, end, forms: read(written) },
  }));
  const wholes = wholesOf(text, tokens).map(({ term, also, start }) => ({
    at: Math.max(
      0,
      words.findIndex(({ end }) => end > start),
    ),
    ...{ term: hash(term), also: also.map(hash) },
  }));
  return { words, wholes: wholes.sort((one, other) => one.at - other.at) };
};
