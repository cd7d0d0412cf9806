import type { TermField, TermHash } from '#libs/ports/search-index';

import type { QuestionAnalysis } from '../analyse/analysis.js';
import type { TextReading } from '../analyse/read-text.js';

/** A word of a question that a place of a text may stand for. */
interface WordMatch {
  /** The number of the word in the question. */
  readonly word: number;
  readonly weight: number;
}

type MatchesByTerm = ReadonlyMap<TermHash, readonly WordMatch[]>;

/** What a question looks for, by field: made once, for all texts that are compared with it. */
export interface WantedTerms {
  readonly words: number;
  readonly word: MatchesByTerm;
  readonly stem: MatchesByTerm;
  readonly part: MatchesByTerm;
}

/** A place of a text that stands for a word of the question. */
export interface MatchedPlace extends WordMatch {
  /** The number of the word in the text. */
  readonly at: number;
}

export const wantedTerms = ({ words }: QuestionAnalysis): WantedTerms => {
  const of = (field: TermField): MatchesByTerm => {
    const wanted = new Map<TermHash, WordMatch[]>();
    for (const [word, { forms }] of words.entries())
      for (const { field: its, term, weight } of forms)
        if (its === field) wanted.set(term, [...(wanted.get(term) ?? []), { word, weight }]);
    return wanted;
  };
  return { words: words.length, word: of('word'), stem: of('stem'), part: of('part') };
};

/** The places that stand for words of the question, in the order of the text; each counts once, by its best form. */
export const matchedPlaces = (
  { words, wholes }: TextReading,
  wanted: WantedTerms,
): readonly MatchedPlace[] => {
  const places: MatchedPlace[] = [];
  let here: WordMatch[] = [];
  const take = (matches: readonly WordMatch[] | undefined): void => {
    if (matches !== undefined) here = here.length === 0 ? [...matches] : [...here, ...matches];
  };
  let next = 0;
  for (const [at, { forms }] of words.entries()) {
    take(wanted.word.get(forms.word));
    take(wanted.stem.get(forms.stem));
    for (const part of forms.parts) take(wanted.part.get(part));
    for (let whole = wholes[next]; whole?.at === at; whole = wholes[++next]) {
      take(wanted.word.get(whole.term));
      for (const part of whole.also) take(wanted.part.get(part));
    }
    if (here.length === 0) continue;
    places.push(...bestOfEach(here).map((match) => ({ ...match, at })));
    here = [];
  }
  return places;
};

const bestOfEach = (matches: readonly WordMatch[]): readonly WordMatch[] =>
  matches.filter(
    ({ word, weight }, index) =>
      !matches.some(
        (other, place) =>
          other.word === word &&
          (other.weight > weight || (other.weight === weight && place < index)),
      ),
  );
