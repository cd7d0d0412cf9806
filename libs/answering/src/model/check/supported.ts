import type { CompareWords } from '#libs/knowledge';

import { folded } from '../../texts/folded.js';
import { clausePieces, isWithin, type PlacedPiece } from './clauses.js';
import { hardTokensIn, saysSame, type HardToken } from './hard-tokens.js';
import { negationsIn } from './negations.js';
import { isBoundAlike, withQualifiers, type QualifiedToken } from './qualifiers.js';
import {
  isSameLanguage,
  readStatement,
  type ComparedSource,
  type StatedClause,
  type StatedSentence,
  type StatedWord,
} from './stated.js';

/** For each source, the numbers of the sentences that a statement rests on. */
export type SupportingSentences = readonly (readonly number[])[];

/** Whether what a model says of sources stands in them: by which sentences, or `undefined`. */
export type CheckStatement = (
  statement: { readonly text: string; readonly language: string },
  sources: readonly ComparedSource[],
) => Promise<SupportingSentences | undefined>;

/**
 * A statement leaves only if code finds it in what it cites. Each number, date, time, code and address must stand there
 * exactly, by the words that it is said of. Each word that carries meaning must stand there too, close to the others,
 * and must be denied where it is denied there. In a source of another language a word that nobody can translate is let
 * through, as long as most words are found.
 */
export const statementCheck =
  (compare: CompareWords): CheckStatement =>
  async (statement, sources) => {
    const quoted = sources.map((source) => sentencesThatAre(statement.text, source));
    if (quoted.some((sentences) => sentences.length > 0)) return quoted;
    const stated = await readStatement(compare, statement, sources);
    if (!stated.isConsistent || stated.words.length + stated.hard.length === 0) return undefined;
    if (!areWordsKnown(stated, sources, statement.language)) return undefined;
    const reading = sources.map(readSource);
    const rests = sources.map((): Set<number> => new Set());
    let before: StatedClause | undefined;
    for (const clause of stated.clauses) {
      if (clause.words.length + clause.hard.length === 0) {
        if (clause.denies) return undefined;
        continue;
      }
      const told = saidOf(clause, before);
      const found = reading.flatMap((source, i) => {
        const sentences = sentencesFor(told, source, i);
        return sentences ? [{ i, sentences }] : [];
      });
      if (found.length === 0) return undefined;
      for (const { i, sentences } of found.slice(0, 1))
        for (const sentence of sentences) rests[i]?.add(sentence);
      before = told;
    }
    return rests.map((numbers) => [...numbers].sort((a, b) => a - b));
  };

const bare = (text: string): string => folded(text).replaceAll(/^[^\p{L}\p{N}]+|[.!…\s]+$/gu, '');

/** A sentence of a source, word for word. */
const sentencesThatAre = (statement: string, source: ComparedSource): readonly number[] => {
  const said = bare(statement);
  if (!/[\p{L}\p{N}]/u.test(said)) return [];
  const place = source.sentences.findIndex(
    ({ start, end }) => bare(source.text.slice(start, end)) === said,
  );
  return place < 0 ? [] : [place];
};

const isFound = ({ inText, inTitle }: StatedWord): boolean =>
  inTitle.some(Boolean) || inText.some((places) => places.length > 0);

const areWordsKnown = (
  { words }: StatedSentence,
  sources: readonly ComparedSource[],
  language: string,
): boolean => {
  const unknown = words.filter((word) => !isFound(word));
  if (unknown.length === 0) return true;
  if (sources.every((source) => isSameLanguage(source, language))) return false;
  const known = words.length - unknown.length;
  return (
    unknown.length <= known &&
    unknown.every(({ isTrade, written }) => !isTrade && !isName(written, language))
  );
};

/** In German every noun has a capital. */
const isName = (written: string, language: string): boolean =>
  language !== 'de' && /^\p{Lu}/u.test(written);

/** A clause of nothing but a number is said of what came before it. */
const saidOf = (clause: StatedClause, before: StatedClause | undefined): StatedClause =>
  clause.words.length > 0 || !before
    ? clause
    : { ...clause, words: before.words, hard: [...before.hard, ...clause.hard] };

interface SourceReading {
  readonly text: string;
  readonly sentences: readonly PlacedPiece[];
  readonly clauses: readonly (PlacedPiece & { readonly denies: boolean })[];
  readonly hard: readonly QualifiedToken[];
  readonly titleHard: readonly QualifiedToken[];
}

const readSource = ({ text, title, language, sentences }: ComparedSource): SourceReading => {
  const denials = negationsIn(text, language);
  return {
    text,
    sentences,
    clauses: sentences
      .flatMap((sentence) => clausePieces(text, sentence, language))
      .map((piece) => ({ ...piece, denies: denials.some((denial) => isWithin(denial, piece)) })),
    hard: withQualifiers(text, hardTokensIn(text), language),
    titleHard: withQualifiers(title, hardTokensIn(title), language),
  };
};

/** The sentences of one source that hold all of a clause. */
const sentencesFor = (
  clause: StatedClause,
  source: SourceReading,
  number: number,
): readonly number[] | undefined => {
  const known = clause.words.filter(isFound);
  const here = known.filter(({ inText }) => (inText[number] ?? []).length > 0);
  if (!known.every((word) => here.includes(word) || word.inTitle[number])) return undefined;
  const places = here.map(({ inText }) => inText[number] ?? []);
  const spoken = places.filter((_, i) => here[i]?.inTitle[number] !== true);
  const hard = clause.hard.map((token) => ({
    token,
    matches: source.hard.filter((one) => saysSame(token, one) && isBoundAlike(token, one)),
    isInTitle: source.titleHard.some((one) => saysSame(token, one) && isBoundAlike(token, one)),
  }));
  if (!hard.every(({ matches, isInTitle }) => matches.length > 0 || isInTitle)) return undefined;
  const words = spoken.length > 0 ? spoken : places;
  const isPaired = hard.every(
    ({ token, matches, isInTitle }) =>
      isInTitle || standsBy({ token, matches, words, source, clause }),
  );
  if (!isPaired || !isDeniedAlike(clause, words, source)) return undefined;
  const all = [...words, ...hard.flatMap(({ matches }) => (matches.length > 0 ? [matches] : []))];
  return all.length === 0 ? [0] : closeSentences(all, source);
};

/**
 * One sentence holds all of it. A word may stand before it instead: in the label of a list (`Wifi`), or in the sentence
 * that it goes on from (`The sauna is new. It is in the cellar.`).
 */
const closeSentences = (
  wanted: readonly (readonly PlacedPiece[])[],
  { text, sentences }: SourceReading,
): readonly number[] | undefined => {
  const held = sentences.map(({ start, end }) =>
    wanted.map((places) => places.some((place) => place.start >= start && place.start < end)),
  );
  const writtenAt = (i: number): string => {
    const { start = 0, end = 0 } = sentences[i] ?? {};
    return text.slice(start, end).trim();
  };
  for (const [best, holds] of held.entries()) {
    const count = holds.filter(Boolean).length;
    if (count === wanted.length) return [best];
    if (count * 2 <= wanted.length) continue;
    const before = [best - 1, best - 2, best - 3].filter(
      (i) => i >= 0 && (isLabel(writtenAt(i)) || (i === best - 1 && GOES_ON.test(writtenAt(best)))),
    );
    const [helping] = before.filter((i) => wanted.every((_, w) => holds[w] || held[i]?.[w]));
    if (helping !== undefined) return [helping, best];
  }
  return undefined;
};

const isLabel = (written: string): boolean =>
  !/[.!?…]$/u.test(written) && written.split(/\s+/u).length <= 4;

/** How a sentence begins that speaks of what the one before it named. */
const GOES_ON =
  /^(?:it|they|this|these|he|she|er|sie|es|dies\p{L}*|il|elle|ils|elles|ce|cela|él|ella|esto|este|esta|está|están|esso|essa|questo|questa|è|het|hij|zij|ze|dit|deze|on|ona|ono|one|to|ele|ela|isto|fica)(?![\p{L}])/iu;

interface PairedToken {
  readonly token: HardToken;
  readonly matches: readonly HardToken[];
  readonly words: readonly (readonly PlacedPiece[])[];
  readonly source: SourceReading;
  readonly clause: StatedClause;
}

/** `Breakfast 12, parking 15`: a number belongs to the words that it stands next to, among numbers of its sort. */
const standsBy = ({ token, matches, words, source, clause }: PairedToken): boolean => {
  if (words.length === 0) return true;
  const rivals = source.hard.filter(({ sort }) => sort === token.sort);
  const allowed = clause.hard.filter(({ sort }) => sort === token.sort).length;
  const votes = words.filter((places) =>
    places.some((place) => {
      const own = Math.min(...matches.map((match) => gap(source, place, match)));
      const nearer = rivals.filter(
        (rival) => !matches.includes(rival) && gap(source, place, rival) < own,
      );
      return nearer.length < allowed;
    }),
  );
  return votes.length * 2 > words.length;
};

/** What stands in another clause or sentence is further away than it looks. */
const OTHER_CLAUSE = 20;
const OTHER_SENTENCE = 40;

const gap = (
  { sentences, clauses }: SourceReading,
  one: PlacedPiece,
  other: PlacedPiece,
): number => {
  const [first, second] = one.start <= other.start ? [one, other] : [other, one];
  const isApart = (pieces: readonly PlacedPiece[]): boolean =>
    !pieces.some((piece) => isWithin(first, piece) && isWithin(second, piece));
  const apart = isApart(sentences) ? OTHER_SENTENCE : isApart(clauses) ? OTHER_CLAUSE : 0;
  return Math.max(0, second.start - first.end) + apart;
};

/** Each word is denied where the source denies it, and only there. */
const isDeniedAlike = (
  { denies }: StatedClause,
  words: readonly (readonly PlacedPiece[])[],
  { clauses }: SourceReading,
): boolean => {
  if (words.length === 0) return !denies;
  const holds = (clause: PlacedPiece, places: readonly PlacedPiece[]): boolean =>
    places.some((place) => clause.start <= place.start && place.start < clause.end);
  const counts = clauses.map((clause) => words.filter((places) => holds(clause, places)).length);
  return words.every((places) => {
    const own = clauses.map((clause, i) => (holds(clause, places) ? (counts[i] ?? 0) : 0));
    const most = Math.max(...own);
    return clauses.some((clause, i) => own[i] === most && most > 0 && clause.denies === denies);
  });
};
