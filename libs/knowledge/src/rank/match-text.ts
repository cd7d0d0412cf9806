import type { TermField, TermHash } from '#libs/ports/search-index';

import type { QuestionAnalysis } from '../analyse/analysis.js';
import type { PlacedWhole, PlacedWord, TextReading } from '../analyse/read-text.js';
import type { WordForms } from '../analyse/word-forms.js';
import { allWordsOf } from './word-weights.js';

/** A word of a question that a place of a text may stand for. */
interface WordMatch {
  /** The number of the word in the question. */
  readonly word: number;
  readonly weight: number;
}

/** A match with what else must be so. */
interface TermMatch extends WordMatch {
  readonly phrase?: { readonly stems: readonly TermHash[]; readonly at: number };
  readonly language?: string;
}

type MatchesByTerm = ReadonlyMap<TermHash, readonly TermMatch[]>;

/** What a question looks for, by field: made once, for all texts that are compared with it. */
export interface WantedTerms {
  readonly words: number;
  readonly word: MatchesByTerm;
  readonly part: MatchesByTerm;
  /** What a written word stands for. Most words come many times, so this is found once for each. */
  matchesOf(forms: WordForms): readonly TermMatch[];
}

/** A place of a text that stands for a word of the question. */
export interface MatchedPlace extends WordMatch {
  /** The number of the word in the text. */
  readonly at: number;
}

/** A translation in a passage of another language is mostly another word: French `four` is an oven. */
const OTHER_LANGUAGE = 0.3;
const nothing: readonly TermMatch[] = [];

/** The words, then the faint ones. */
export const wantedTerms = (question: QuestionAnalysis): WantedTerms => {
  const words = allWordsOf(question);
  const of = (field: TermField): MatchesByTerm => {
    const wanted = new Map<TermHash, TermMatch[]>();
    for (const [word, { forms }] of words.entries())
      for (const { field: its, term, ...form } of forms)
        if (its === field) wanted.set(term, [...(wanted.get(term) ?? []), { word, ...form }]);
    return wanted;
  };
  const [word, stem, part] = [of('word'), of('stem'), of('part')];
  const seen = new Map<WordForms, readonly TermMatch[]>();
  const matchesOf = (forms: WordForms): readonly TermMatch[] => {
    const known = seen.get(forms);
    if (known !== undefined) return known;
    const found = [
      ...(word.get(forms.word) ?? nothing),
      ...(stem.get(forms.stem) ?? nothing),
      ...forms.parts.flatMap((each) => part.get(each) ?? nothing),
    ];
    const matches = isPlain(found) ? bestOfEach(found) : found;
    seen.set(forms, matches);
    return matches;
  };
  return { words: words.length, word, part, matchesOf };
};

/** The places that stand for words of the question, in the order of the text; each counts once, by its best form. */
export const matchedPlaces = (
  { words, wholes }: TextReading,
  wanted: WantedTerms,
  language: string,
): readonly MatchedPlace[] => {
  const places: MatchedPlace[] = [];
  let next = 0;
  for (const [at, { forms }] of words.entries()) {
    let found = wanted.matchesOf(forms);
    for (let whole = wholes[next]; whole?.at === at; whole = wholes[++next])
      found = [...found, ...matchesOfWhole(whole, wanted)];
    if (found.length === 0) continue;
    const here = isPlain(found)
      ? found
      : found
          .filter(({ phrase }) => phrase === undefined || standsAt(words, at, phrase))
          .map((match) => inLanguage(match, language));
    for (const { word, weight } of here.length < 2 ? here : bestOfEach(here))
      places.push({ word, weight, at });
  }
  return places;
};

const isPlain = (matches: readonly TermMatch[]): boolean =>
  matches.every(({ phrase, language }) => phrase === undefined && language === undefined);

const matchesOfWhole = (
  { term, also }: PlacedWhole,
  { word, part }: WantedTerms,
): readonly TermMatch[] => [
  ...(word.get(term) ?? nothing),
  ...also.flatMap((each) => part.get(each) ?? nothing),
];

const standsAt = (
  words: readonly PlacedWord[],
  at: number,
  phrase: NonNullable<TermMatch['phrase']>,
): boolean =>
  phrase.stems.every((stem, index) => words[at - phrase.at + index]?.forms.stem === stem);

const inLanguage = ({ word, weight, language }: TermMatch, passage: string): WordMatch => ({
  word,
  weight: language === undefined || language === passage ? weight : weight * OTHER_LANGUAGE,
});

const bestOfEach = <Match extends WordMatch>(matches: readonly Match[]): readonly Match[] =>
  matches.filter(
    ({ word, weight }, index) =>
      !matches.some(
        (other, place) =>
          other.word === word &&
          (other.weight > weight || (other.weight === weight && place < index)),
      ),
  );
