import { createAnalyser } from '../analyse/analyser.js';
import { isLanguage } from '../analyse/languages.js';
import type { Passage } from '../passages/passage.js';
import { matchedPlaces, wantedTerms } from './match-text.js';

/** Where a word of a statement stands in a text, in UTF-16 units; how sure it is that it means the same: 0 to 1. */
export interface ComparedPlace {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/** A word of a statement that carries meaning. */
export interface ComparedWord {
  readonly start: number;
  readonly end: number;
  /** A word of the trade: what it is called in the other languages is known. */
  readonly isTrade: boolean;
  /** For each text, where it stands there. */
  readonly places: readonly (readonly ComparedPlace[])[];
}

/** Which words of a statement stand in which texts: by word, by stem, by what the trade calls it in other languages. */
export type CompareWords = (
  statement: { readonly text: string; readonly language: string },
  texts: readonly Pick<Passage, 'language' | 'text'>[],
) => Promise<readonly ComparedWord[]>;

/** Its terms never leave the process, so that any key does. */
export const wordComparison = (): CompareWords => {
  const analyser = createAnalyser({ key: new Uint8Array(32) });
  return async ({ text, language }, texts) => {
    const spoken = [language, ...texts.map((one) => one.language)].filter(isLanguage);
    const question = await analyser.question(text, { languages: [...new Set(spoken)] });
    const wanted = wantedTerms({ ...question, faint: [] });
    const placed = texts.map((one) => {
      const reading = analyser.read(one.text, one.language);
      return matchedPlaces(reading, wanted, one.language).flatMap(({ word, weight, at }) => {
        const { start, end } = reading.words[at] ?? {};
        return start === undefined || end === undefined ? [] : [{ word, weight, start, end }];
      });
    });
    return question.words.map(({ start, end, forms }, number) => ({
      start,
      end,
      isTrade: forms.some((form) => form.language !== undefined),
      places: placed.map((places) => places.filter(({ word }) => word === number)),
    }));
  };
};
