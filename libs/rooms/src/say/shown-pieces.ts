import type { AnswerCitation } from '#libs/answering';

import { namedLink, recordAddress } from './links.js';
import { literalPieces, seenLines } from './literal.js';

/** A part of a text that is shown as a whole or not at all. */
export interface ShownPiece {
  readonly sort: 'word' | 'space' | 'line' | 'mark';
  readonly text: string;
}

/** How a mark `[1]` of an answer is shown, which counts its sources from one. */
export type ShowMark = (number: number, citation: AnswerCitation) => string;

export const linkedMark =
  (publicUrl: string | undefined): ShowMark =>
  (number, { record }) => {
    const address = recordAddress(publicUrl, record);
    return address === undefined ? bareMark(number) : namedLink(String(number), address);
  };

/** `[1]` alone would swallow what stands between it and the next link. */
export const bareMark = (number: number): string => `(${number})`;

const SPACE: ShownPiece = { sort: 'space', text: ' ' };
const LINE: ShownPiece = { sort: 'line', text: '\n' };

/** A text of strangers as pieces, with the marks of its sources; what else looks like a mark is text. */
export const shownPieces = (
  text: string,
  citations: readonly AnswerCitation[],
  showMark: ShowMark,
): readonly ShownPiece[] => {
  const pieces: ShownPiece[] = [];
  for (const [i, line] of seenLines(text).entries()) {
    if (i > 0) pieces.push(LINE);
    for (const part of line.split(/(\[\d{1,3}\]| )/u)) addPart(pieces, part, citations, showMark);
  }
  return pieces;
};

const addPart = (
  pieces: ShownPiece[],
  part: string,
  citations: readonly AnswerCitation[],
  showMark: ShowMark,
): void => {
  if (part === '') return;
  const last = pieces.at(-1)?.sort ?? 'line';
  if (part === ' ') {
    if (last === 'word' || last === 'mark') pieces.push(SPACE);
    return;
  }
  const number = Number(/^\[(\d{1,3})\]$/u.exec(part)?.[1]);
  const citation = citations[number - 1];
  if (citation) {
    // After `!` a link is a picture, and after other signs it is none.
    if (last === 'word') pieces.push(SPACE);
    pieces.push({ sort: 'mark', text: showMark(number, citation) });
    return;
  }
  for (const text of literalPieces(part).filter(Boolean))
    // At the beginning of a line it would be a list, and gone.
    pieces.push({ sort: 'word', text: last === 'line' && text === '-' ? '–' : text });
};

export const piecesText = (pieces: readonly ShownPiece[]): string =>
  pieces
    .map(({ text }) => text)
    .join('')
    .replaceAll(/ +(?=\n)/gu, '')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();

const ENDS_SENTENCE = /[.!?…:][)"'”“»’`]*$/u;
/** A sentence that ends this early leaves too little. */
const LEAST_KEPT = 0.5;

/** The first of these pieces that fit, up to the end of a sentence where one is near. */
export const cutPieces = (pieces: readonly ShownPiece[], length: number): readonly ShownPiece[] => {
  let sum = 0;
  let fit = 0;
  while (fit < pieces.length && (sum += pieces[fit]?.text.length ?? 0) <= length) fit += 1;
  if (fit === pieces.length) return pieces;
  for (let end = fit; end > fit * LEAST_KEPT; end -= 1)
    if (isEnd(pieces, end)) return pieces.slice(0, end);
  return pieces.slice(0, fit);
};

/** After a line, or after a sentence with the marks that follow it. */
const isEnd = (pieces: readonly ShownPiece[], end: number): boolean => {
  const last = pieces[end - 1];
  if (last?.sort === 'line') return true;
  if (last?.sort === 'space' || marksFollow(pieces, end)) return false;
  const word = pieces.slice(Math.max(0, end - 12), end).findLast(({ sort }) => sort === 'word');
  return word !== undefined && ENDS_SENTENCE.test(word.text);
};

const marksFollow = (pieces: readonly ShownPiece[], end: number): boolean => {
  const [next, after] = pieces.slice(end, end + 2);
  return next?.sort === 'mark' || (next?.sort === 'space' && after?.sort === 'mark');
};
