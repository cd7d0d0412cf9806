import type { TermHash } from '#libs/ports/search-index';

import { piecesOf } from './compounds.js';
import { fold, withoutSpeltOutUmlauts } from './fold.js';
import { isLanguage } from './languages.js';
import { stemOf } from './stem.js';
import { isStopWord } from './stop-words.js';
import type { HashTerm } from './term-hash.js';

/** A written word as it is found: by itself, by its stem, and by what else helps. */
export interface WordForms {
  /** Folded. */
  readonly text: string;
  readonly isStop: boolean;
  readonly word: TermHash;
  readonly stem: TermHash;
  /** Spelt without umlauts, stemmed without diacritics, the pieces of a compound. */
  readonly parts: readonly TermHash[];
}

/** Reads a word of one language, as it is written in small letters. */
export type ReadWord = (written: string) => WordForms;

/** Words come again and again: what was read once is kept, up to this many a language. */
const KEPT = 30_000;

export const createWordReaders = (hash: HashTerm): ((language: string) => ReadWord) => {
  const readers = new Map<string, ReadWord>();
  return (language) => {
    const known = readers.get(language);
    if (known !== undefined) return known;
    const reader = keeping((written) => hashed(hash, written, language));
    readers.set(language, reader);
    return reader;
  };
};

const keeping = (read: ReadWord): ReadWord => {
  const kept = new Map<string, WordForms>();
  return (written) => {
    const seen = kept.get(written);
    if (seen !== undefined) return seen;
    const forms = read(written);
    if (kept.size >= KEPT) kept.clear();
    kept.set(written, forms);
    return forms;
  };
};

const hashed = (hash: HashTerm, written: string, language: string): WordForms => {
  const text = fold(written);
  const stem = stemOf(written, language);
  return {
    text,
    isStop: isStopWord(text, language),
    ...{ word: hash(text), stem: hash(stem) },
    parts: [...partsOf(written, text, language)].filter((part) => part !== stem).map(hash),
  };
};

/** What else finds a word: texts before they are hashed. */
export const partsOf = (written: string, folded: string, language: string): Set<string> => {
  const parts = new Set<string>();
  if (folded !== written) parts.add(stemOf(folded, language));
  const short = withoutSpeltOutUmlauts(folded);
  if (short !== folded && (language === 'de' || language === 'nl' || !isLanguage(language)))
    parts.add(short).add(stemOf(short, language));
  for (const piece of piecesOf(folded, language)) parts.add(stemOf(piece, language));
  return parts;
};
