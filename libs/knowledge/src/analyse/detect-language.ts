import { detectAll } from 'tinyld/light';

import { isLanguage, languages, NO_LANGUAGE, type Language } from './languages.js';
import { stopWordsOf } from './stop-words.js';
import { tokensOf } from './tokens.js';

/** A language and its share of the evidence, from 0 to 1. */
export interface LanguageShare {
  readonly language: Language;
  readonly share: number;
}

/** Letters that few languages write. */
const letters: Readonly<Record<string, readonly Language[]>> = {
  ...{ ß: ['de'], ä: ['de'], ö: ['de'], ü: ['de'], ñ: ['es'], '¿': ['es'], '¡': ['es'] },
  ...{ ł: ['pl'], ą: ['pl'], ę: ['pl'], ż: ['pl'], ź: ['pl'], ś: ['pl'], ć: ['pl'], ń: ['pl'] },
  ...{ ã: ['pt'], õ: ['pt'], ç: ['pt', 'fr'], œ: ['fr'], ê: ['fr', 'pt'], è: ['fr', 'it'] },
  ...{ ò: ['it'], ì: ['it'], ù: ['it', 'fr'], à: ['fr', 'it', 'pt'], î: ['fr'], û: ['fr'] },
  ...{
    á: ['es', 'pt'],
    í: ['es', 'pt'],
    ú: ['es', 'pt'],
    ó: ['es', 'pt', 'pl'],
    é: ['fr', 'es', 'pt'],
  },
};

const ONLY_ASCII = /^[\0-\x7f]*$/;

/** Stop words by the languages that have them: one that many share says little. */
const languagesOfStopWord = new Map<string, readonly Language[]>();
for (const language of languages)
  for (const word of stopWordsOf(language))
    languagesOfStopWord.set(word, [...(languagesOfStopWord.get(word) ?? []), language]);

export interface LikelyLanguages {
  /** The most likely first; none for a text of numbers only. */
  readonly shares: readonly LanguageShare[];
  /** Stop words or letters say so; else it is a guess. */
  readonly isSure: boolean;
}

const SEEN_TOKENS = 120;
/** Below this much evidence the letters of the text are compared as well. */
const ENOUGH = 2;
/** One stop word may be a word of another language: Dutch `door`. */
const SURE = 1.5;
const LETTER = 0.7;
const READ_LETTERS = 160;

/**
 * Stop words tell the languages of long texts apart at once. Only short texts without them are compared by their
 * letters, which takes a hundred times as long.
 */
export const likelyLanguages = (text: string, words: readonly string[]): LikelyLanguages => {
  const points = new Map<Language, number>();
  const say = (spoken: readonly Language[], weight: number): void => {
    for (const language of spoken)
      points.set(language, (points.get(language) ?? 0) + weight / spoken.length);
  };
  for (const word of words.slice(0, SEEN_TOKENS)) {
    const spoken = languagesOfStopWord.get(word);
    if (spoken !== undefined) say(spoken, 1);
    if (!ONLY_ASCII.test(word)) [...word].forEach((letter) => say(letters[letter] ?? [], LETTER));
  }
  const evidence = Math.max(0, ...points.values());
  if (evidence < ENOUGH && words.length > 0)
    for (const { language, share } of byLetters(text)) say([language], share);
  return { shares: sharesOf(points), isSure: evidence >= SURE };
};

const byLetters = (text: string): readonly LanguageShare[] =>
  detectAll(text.slice(0, READ_LETTERS), { only: [...languages] }).flatMap(({ lang, accuracy }) =>
    isLanguage(lang) ? [{ language: lang, share: Math.min(1, accuracy * 4) }] : [],
  );

const sharesOf = (points: ReadonlyMap<Language, number>): readonly LanguageShare[] => {
  const all = [...points.values()].reduce((sum, each) => sum + each, 0);
  return [...points]
    .map(([language, each]) => ({ language, share: each / all }))
    .sort((one, other) => other.share - one.share || (one.language < other.language ? -1 : 1));
};

export const languageOf = (text: string, words: readonly string[]): string =>
  likelyLanguages(text, words).shares[0]?.language ?? NO_LANGUAGE;

export const detectLanguage = (text: string): string =>
  languageOf(
    text,
    tokensOf(text).map((token) => token.text),
  );
