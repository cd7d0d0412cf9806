import type { VocabularyWord } from '#libs/ports/search-index';

import { editsBetween } from './edits.js';
import { fold } from './fold.js';
import type { KnownWords } from './known-words.js';
import { stemForms, type SpokenLanguage, type WordDraft } from './question-forms.js';
import { stemOf } from './stem.js';
import { isTradeWord } from './synonyms.js';

const SHORTEST = 4;
const ALTERNATIVES = 3;
/** How much a word counts that is this many edits away. */
const weights = [1, 0.75, 0.5] as const;
const ONLY_LETTERS = /^[\p{L}\p{M}]+$/u;

/** Adds to words that stand in no passage those that they may be instead. */
export const withTyposMended = async (
  words: readonly WordDraft[],
  spoken: readonly SpokenLanguage[],
  known: KnownWords,
): Promise<WordDraft[]> => {
  const written = words.map(({ small }) => fold(small));
  const asked = written.filter(mayBeTypo);
  if (asked.length === 0) return [...words];
  // Asked for all words: how long an answer takes must not tell which words somebody else's records hold.
  const [counts, found] = await Promise.all([known.count(written), known.near(asked)]);
  const near = new Map(found.map((each, index) => [asked[index], each]));
  return words.map((word, index) => {
    const others = near.get(written[index] ?? '');
    return counts[index] === 0 && others ? mended(word, others, spoken) : word;
  });
};

const mayBeTypo = (word: string): boolean =>
  word.length >= SHORTEST && ONLY_LETTERS.test(word) && !isTradeWord(word);

const mended = (
  word: WordDraft,
  near: readonly VocabularyWord[],
  spoken: readonly SpokenLanguage[],
): WordDraft => {
  const folded = fold(word.small);
  const stems = new Set(spoken.map(({ language }) => stemOf(word.small, language)));
  // Another form of the same word stands in passages: it is no typo.
  const inflected = spoken.some(({ language }) =>
    near.some((each) => stems.has(stemOf(each.word, language))),
  );
  if (inflected) return word;
  const instead = near
    .map((each) => ({ ...each, edits: distance(folded, each.word) }))
    .sort((one, other) => one.edits - other.edits || other.units - one.units)
    .slice(0, ALTERNATIVES);
  const forms = instead.flatMap(({ word: other, edits }) => {
    const weight = weights[Math.min(2, Math.ceil(edits))] ?? 0;
    return [
      { field: 'word' as const, text: other, weight },
      ...spoken.flatMap(({ language }) => stemForms(stemOf(other, language), weight)),
    ];
  });
  return {
    ...word,
    forms: [...word.forms, ...forms],
    instead: instead.map((each) => each.word),
  };
};

/** A first letter is seldom wrong: among equals, words that begin alike come first. */
const distance = (one: string, other: string): number =>
  editsBetween(one, other) + (one[0] === other[0] ? 0 : 0.5);
