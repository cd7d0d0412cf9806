import type { TermHash } from '#libs/ports/search-index';

import type { PassageAnalysis } from './analysis.js';
import type { TextReading } from './read-text.js';

/** Words of a vocabulary: what is longer, or holds a digit, nobody mistypes as a word. */
const LONGEST_WORD = 32;
const ONLY_LETTERS = /^[\p{L}\p{M}]+$/u;

/**
 * The terms of a passage. Stop words are words, so that a question of nothing else finds them, but no stems. A title is
 * found by stems alone.
 */
export const passageTermsOf = (
  title: TextReading,
  text: TextReading,
): Pick<PassageAnalysis, 'terms' | 'words'> => ({
  terms: {
    title: [...stemsOf(title), ...partsOf(title), ...wholesOf(title)],
    word: [...text.words.map(({ forms }) => forms.word), ...wholesOf(text)],
    stem: stemsOf(text),
    part: partsOf(text),
  },
  words: [...new Set([...vocabularyOf(title), ...vocabularyOf(text)])],
});

const stemsOf = ({ words }: TextReading): TermHash[] =>
  words.filter(({ forms }) => !forms.isStop).map(({ forms }) => forms.stem);

const partsOf = ({ words, wholes }: TextReading): TermHash[] => [
  ...words.flatMap(({ forms }) => forms.parts),
  ...wholes.flatMap(({ also }) => also),
];

const wholesOf = ({ wholes }: TextReading): TermHash[] => wholes.map(({ term }) => term);

const vocabularyOf = ({ words }: TextReading): string[] =>
  words
    .map(({ forms }) => forms.text)
    .filter((word) => word.length > 1 && word.length <= LONGEST_WORD && ONLY_LETTERS.test(word));
