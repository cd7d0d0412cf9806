import type { TermField } from '#libs/ports/search-index';

import { fold, withoutSpeltOutUmlauts } from './fold.js';
import type { Language } from './languages.js';
import { stemOf } from './stem.js';
import type { WholeTerm } from './whole-term.js';
import { partsOf } from './word-forms.js';

/** What may stand for a word of a question, before it is hashed. */
export interface FormDraft {
  readonly field: TermField;
  readonly text: string;
  readonly weight: number;
  /** Stems that must stand one after the other; `text` is the one at `at`. */
  readonly phrase?: { readonly stems: readonly string[]; readonly at: number };
  readonly language?: string;
}

/** A word of a question while its forms are gathered. */
export interface WordDraft {
  readonly written: string;
  /** Small letters, with their marks. */
  readonly small: string;
  readonly start: number;
  readonly end: number;
  readonly forms: readonly FormDraft[];
  /** Words that it may be instead, if it is mistyped; small letters. */
  readonly instead: readonly string[];
}

/** A language of a question, the surest first. Weight: how much a stem in it counts, from 0 to 1. */
export interface SpokenLanguage {
  readonly language: Language;
  readonly weight: number;
}

/** A word is worth more as it is written than by its stem, and a piece of a compound less. */
const STEM = 0.9;
const PIECE = 0.5;

/** A stem stands in texts and in titles; what helps stands with the parts. */
export const stemForms = (stem: string, weight: number): FormDraft[] => [
  { field: 'stem', text: stem, weight },
  { field: 'title', text: stem, weight },
  { field: 'part', text: stem, weight: weight * PIECE },
];

/** The forms of a word by itself: as it is written, by its stems, by its pieces. */
export const formsOf = (small: string, spoken: readonly SpokenLanguage[]): FormDraft[] => {
  const word = fold(small);
  const short = withoutSpeltOutUmlauts(word);
  return [
    { field: 'word', text: word, weight: 1 },
    ...(short === word ? [] : [{ field: 'word' as const, text: short, weight: STEM }]),
    ...stemForms(word, STEM),
    ...spoken.flatMap(({ language, weight }) => [
      ...stemForms(stemOf(small, language), STEM * weight),
      ...[...partsOf(small, word, language)].flatMap((part) => stemForms(part, PIECE * weight)),
    ]),
  ];
};

/** The forms of a phone number, a mail address, a code. */
export const formsOfWhole = ({ term, also }: WholeTerm): FormDraft[] => [
  { field: 'word', text: term, weight: 1 },
  { field: 'title', text: term, weight: 1 },
  ...also.flatMap((text) => [
    { field: 'word' as const, text, weight: 0.9 },
    { field: 'part' as const, text, weight: 0.9 },
  ]),
  { field: 'part', text: term, weight: 0.9 },
];
