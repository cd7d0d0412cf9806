import type { ComparedPlace, CompareWords } from '#libs/knowledge';

import { folded } from '../../texts/folded.js';
import { clausePieces, isWithin, sentencePieces, type PlacedPiece } from './clauses.js';
import { isGlueWord, NO, YES } from './glue-words.js';
import { hardTokensIn } from './hard-tokens.js';
import { negationsIn } from './negations.js';
import { placeWordsFor } from './place-words.js';
import { withQualifiers, type QualifiedToken } from './qualifiers.js';

/** A source as it is compared with what a model says of it. */
export interface ComparedSource {
  readonly title: string;
  readonly text: string;
  readonly language: string;
  /** Its sentences by their places. */
  readonly sentences: readonly PlacedPiece[];
}

/** A word of a statement with where it stands in each of the cited sources. */
export interface StatedWord extends PlacedPiece {
  readonly written: string;
  readonly isTrade: boolean;
  readonly inText: readonly (readonly ComparedPlace[])[];
  readonly inTitle: readonly boolean[];
}

/** What a statement says on its own within a sentence. */
export interface StatedClause {
  readonly words: readonly StatedWord[];
  readonly hard: readonly QualifiedToken[];
  readonly denies: boolean;
}

export interface StatedSentence {
  readonly clauses: readonly StatedClause[];
  readonly words: readonly StatedWord[];
  readonly hard: readonly QualifiedToken[];
  /** "Yes" or "no" at its beginning fits what follows. */
  readonly isConsistent: boolean;
}

/** A word and its stem; in a source of another language also what the trade calls it. */
const SAME_LANGUAGE = 0.62;
const OTHER_LANGUAGE = 0.35;

/** A statement taken apart, with where its words stand in the sources. */
export const readStatement = async (
  compare: CompareWords,
  { text, language }: { readonly text: string; readonly language: string },
  sources: readonly ComparedSource[],
): Promise<StatedSentence> => {
  const hard = withQualifiers(text, hardTokensIn(text), language);
  const begins = (YES.exec(text) ?? NO.exec(text))?.[0].length ?? 0;
  const denials = negationsIn(text, language).filter(({ start }) => start >= begins);
  const compared = await compare({ text, language }, [
    ...sources,
    ...sources.map(({ title, language: its }) => ({ text: title, language: its })),
  ]);
  const words = compared.flatMap(({ start, end, isTrade, places }): StatedWord[] => {
    const written = text.slice(start, end);
    const isOther = [...hard, ...denials].some((one) => one.start < end && start < one.end);
    if (isOther || end <= begins || isGlueWord(written)) return [];
    const word = { written, language, chain: chainAround(text, { start, end }) };
    const found = sources.map((source, i) => placesOf(word, source, places[i] ?? []));
    const inTitle = sources.map(({ title, language: its }, i) => {
      const named = places[sources.length + i] ?? [];
      return placesOf(word, { text: title, language: its }, named).length > 0;
    });
    const isKnown = isTrade || placeWordsFor(written, language, language) !== undefined;
    return [{ start, end, written, isTrade: isKnown, inText: found, inTitle }];
  });
  const clauses = sentencePieces(text)
    .flatMap((sentence) => clausePieces(text, sentence, language))
    .map((piece) => ({
      words: words.filter((word) => isWithin(word, piece)),
      hard: hard.filter((token) => piece.start <= token.start && token.start < piece.end),
      denies: denials.some((denial) => isWithin(denial, piece)),
    }));
  const isDenied = denials.length > 0;
  const isConsistent = !(YES.test(text) && isDenied) && !(NO.test(text) && !isDenied);
  return { clauses, words, hard, isConsistent };
};

export const isSameLanguage = (
  source: Pick<ComparedSource, 'language'>,
  language: string,
): boolean => source.language === language || !/^[a-z]{2}$/u.test(source.language);

interface WordToPlace {
  readonly written: string;
  readonly language: string;
  /** The hyphened word that it is a part of. */
  readonly chain: string | undefined;
}

/** Where a word really stands in a source: `check` of `check-in` does not stand in `check-out`. */
const placesOf = (
  { written, language, chain }: WordToPlace,
  source: Pick<ComparedSource, 'language' | 'text'>,
  compared: readonly ComparedPlace[],
): readonly ComparedPlace[] => {
  const isSame = isSameLanguage(source, language);
  const enough = isSame ? SAME_LANGUAGE : OTHER_LANGUAGE;
  const found = compared.filter(({ weight }) => weight >= enough);
  const others = isSame ? [] : (placeWordsFor(written, language, source.language) ?? []);
  const translated = [...found, ...others.flatMap((other) => wordIn(source.text, other))];
  if (chain === undefined) return translated;
  const whole = chainIn(source.text, chain);
  return whole.length > 0 || isSame ? whole : translated;
};

/** A folded word in a text. */
const wordIn = (text: string, word: string): readonly ComparedPlace[] =>
  [...text.matchAll(/\p{L}+/gu)].flatMap(({ 0: found, index }) =>
    folded(found) === word ? [{ start: index, end: index + found.length, weight: 1 }] : [],
  );

const CHAIN = /[\p{L}\p{N}]+(?:[-‐‑][\p{L}\p{N}]+)+/gu;

/** The hyphened word that a word is a part of. */
const chainAround = (text: string, word: PlacedPiece): string | undefined => {
  for (const { 0: chain, index } of text.matchAll(CHAIN))
    if (index <= word.start && word.end <= index + chain.length) return chain;
  return undefined;
};

const chainIn = (text: string, chain: string): readonly ComparedPlace[] => {
  const pattern = chain.split(/[-‐‑]/u).join('[-‐‑\\s]?');
  return [...text.matchAll(new RegExp(pattern, 'giu'))].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    weight: 1,
  }));
};
