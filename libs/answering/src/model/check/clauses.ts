import { languageFor, type AnswerLanguage } from '../../texts/answer-texts.js';

/** A piece of a text by its place. */
export interface PlacedPiece {
  readonly start: number;
  readonly end: number;
}

const SENTENCE_END = /(?:[.!?…]+["'”’»)\]]*(?=\s|$))|[。！？]|\n+/gu;
const conjunctions: Readonly<Record<AnswerLanguage, string>> = {
  en: 'and|or|but|while|whereas',
  de: 'und|oder|aber|sondern|während',
  fr: 'et|ou|mais|tandis',
  es: 'y|e|o|u|pero|sino|mientras',
  it: 'e|ed|o|oppure|ma|mentre',
  nl: 'en|of|maar|terwijl',
  pl: 'i|oraz|lub|albo|ale|a|lecz',
  pt: 'e|ou|mas|enquanto',
};

const clauseEnds = new Map<AnswerLanguage, RegExp>();

const clauseEndIn = (language: AnswerLanguage): RegExp => {
  const known = clauseEnds.get(language);
  if (known) return known;
  const words = `(?<![\\p{L}\\p{N}])(?:${conjunctions[language]})(?![\\p{L}\\p{N}])`;
  const made = new RegExp(`[,;:–—(]|${words}`, 'giu');
  clauseEnds.set(language, made);
  return made;
};

const cutAt = (text: string, { start, end }: PlacedPiece, ends: RegExp): readonly PlacedPiece[] => {
  const pieces: PlacedPiece[] = [];
  let from = start;
  for (const { 0: mark, index } of text.slice(start, end).matchAll(ends)) {
    const to = start + index + mark.length;
    pieces.push({ start: from, end: to });
    from = to;
  }
  pieces.push({ start: from, end });
  return pieces.filter((piece) => text.slice(piece.start, piece.end).trim() !== '');
};

/** Not behind the number of a day or a short form. */
const isInside = (text: string, { end }: PlacedPiece): boolean =>
  /(?<![\p{L}\p{N}:.,])(?:\d{1,2}|\p{L})\.\s*$/u.test(text.slice(Math.max(0, end - 6), end)) &&
  !/^\s*(?:\n|$)/u.test(text.slice(end));

export const sentencePieces = (text: string): readonly PlacedPiece[] => {
  const pieces: PlacedPiece[] = [];
  for (const piece of cutAt(text, { start: 0, end: text.length }, SENTENCE_END)) {
    const last = pieces.at(-1);
    if (last && isInside(text, last)) pieces[pieces.length - 1] = { ...last, end: piece.end };
    else pieces.push(piece);
  }
  return pieces;
};

/** What is said on its own within a sentence: `allowed, but not on the bed` is two. A comma within a number is none. */
export const clausePieces = (
  text: string,
  sentence: PlacedPiece,
  language: string,
): readonly PlacedPiece[] => {
  const pieces: PlacedPiece[] = [];
  for (const piece of cutAt(text, sentence, clauseEndIn(languageFor([language])))) {
    const last = pieces.at(-1);
    const isNumber =
      /\d$/u.test(text.slice(0, piece.start - 1)) && /^\d/u.test(text.slice(piece.start));
    if (last && isNumber) pieces[pieces.length - 1] = { ...last, end: piece.end };
    else pieces.push(piece);
  }
  return pieces;
};

export const isWithin = (piece: PlacedPiece, { start, end }: PlacedPiece): boolean =>
  start <= piece.start && piece.end <= end;
