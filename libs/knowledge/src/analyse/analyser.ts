import type { PassageAnalysis, QuestionAnalysis } from './analysis.js';
import { passageTermsOf } from './analyse-passage.js';
import { draftQuestion, questionOf, type QuestionDraft } from './analyse-question.js';
import { languageOf } from './detect-language.js';
import type { KnownWords } from './known-words.js';
import { withTyposMended } from './mend-typos.js';
import type { WordDraft } from './question-forms.js';
import { readText, type TextReading } from './read-text.js';
import { withCompounds } from './split-compounds.js';
import { withSynonyms } from './synonyms.js';
import { createTermHash } from './term-hash.js';
import { tokensOf } from './tokens.js';
import { createWordReaders } from './word-forms.js';

export interface QuestionSetting {
  /** Those that the passages of the generation are in. */
  readonly languages: readonly string[];
  /** Missing: typos and compounds stay as they are. */
  readonly vocabulary?: KnownWords;
}

/** Turns texts into terms, passages and questions in the same way. */
export interface Analyser {
  /** `language`: where it is known; else it is found from the text. */
  passage(title: string, text: string, language?: string): PassageAnalysis;
  question(text: string, setting: QuestionSetting): Promise<QuestionAnalysis>;
  /** The words of a passage with their places, to compare it with a question. */
  read(text: string, language: string): TextReading;
  languageOf(text: string): string;
}

/** Passages that were analysed by another version are analysed again. */
export const ANALYSER_VERSION = 2;

const withKnownWords = async (
  { words, spoken }: QuestionDraft,
  vocabulary: KnownWords,
): Promise<readonly WordDraft[]> =>
  withCompounds(await withTyposMended(words, spoken, vocabulary), spoken, vocabulary);

/** The key keeps words out of the index: with another key the same text has other terms. */
export const createAnalyser = ({ key }: { readonly key: Uint8Array }): Analyser => {
  const hash = createTermHash(key);
  const readerOf = createWordReaders(hash);
  const read = (text: string, language: string): TextReading =>
    readText(text, readerOf(language), hash);
  const findLanguage = (text: string): string =>
    languageOf(
      text,
      tokensOf(text).map((token) => token.text),
    );
  return {
    read,
    languageOf: findLanguage,
    passage(title, text, known) {
      const language = known ?? findLanguage(text === '' ? title : text);
      return { language, ...passageTermsOf(read(title, language), read(text, language)) };
    },
    async question(text, { languages, vocabulary }) {
      const draft = draftQuestion(text, languages);
      const words =
        vocabulary === undefined ? draft.words : await withKnownWords(draft, vocabulary);
      const whole = { ...draft, words };
      return questionOf({ ...whole, words: withSynonyms(whole, languages) }, hash);
    },
  };
};
