import { derivedId, utf8, type Id } from '#libs/kernel';

import { cutText, type CutSizes, type TextPiece } from './cut-text.js';
import { masked } from './mask.js';
import type { Passage, SectionText, TurnStart, UnitText } from './passage.js';
import { clipped } from './text-size.js';

/** Part of the index pointer: another number means that passages are cut or written in another way. */
export const RENDERER_VERSION = 2;

/** Measured: see docs/explanation/passages.md. */
export const passageSizes: CutSizes = { target: 80, most: 130, overlap: 25 };

export interface CutParts {
  /** Of a text, as ISO 639-1. */
  readonly detectLanguage: (text: string) => string;
  /** SHA-256. */
  readonly digest: (bytes: Uint8Array) => Uint8Array;
  readonly sizes?: CutSizes;
}

/** Structure first, then size. The same text always gives the same passages. */
export const cutPassages = (text: UnitText, parts: CutParts): readonly Passage[] =>
  text.sections.flatMap((section) => {
    const cut = cutSection(section, parts);
    return cut.pieces.map((piece) => passageOf(text, { ...cut, piece, section }, parts));
  });

/** The one passage of that path: no other section is cut for it. */
export const passageAt = (text: UnitText, path: string, parts: CutParts): Passage | undefined => {
  for (const section of text.sections) {
    if (!path.startsWith(`${section.path}/`)) continue;
    const cut = cutSection(section, parts);
    const piece = cut.pieces.find((one) => pathOf(section, one) === path);
    if (piece) return passageOf(text, { ...cut, piece, section }, parts);
  }
  return undefined;
};

const cutSection = (
  section: SectionText,
  { sizes = passageSizes }: CutParts,
): { readonly text: string; readonly pieces: readonly TextPiece[] } => {
  // As a whole, before it is cut: what a cut divides would not be known as a card number.
  const text = masked(section.text);
  return {
    text,
    pieces: cutText(
      text,
      section.isWhole ? { target: sizes.most, most: sizes.most, overlap: 0 } : sizes,
    ),
  };
};

const pathOf = (section: SectionText, piece: TextPiece): string => `${section.path}/${piece.path}`;

const passageOf = (
  unit: UnitText,
  cut: { readonly section: SectionText; readonly piece: TextPiece; readonly text: string },
  { detectLanguage, digest }: CutParts,
): Passage => {
  const { piece, section } = cut;
  const path = pathOf(section, piece);
  const words = cut.text.slice(piece.start, piece.end);
  return {
    id: passageId(unit.unit, path, digest),
    unit: unit.unit,
    path,
    title: masked(titleOf([unit.name, section.heading ?? '', ...piece.headings])),
    text: words,
    start: piece.start,
    end: piece.end,
    records: section.records ?? unit.records,
    ...(section.turns && { turns: turnsIn(section.turns, piece) }),
    ...(section.bylines && { bylines: clipped(section.bylines, piece) }),
    language: detectLanguage(words),
    scope: section.scope ?? unit.scope,
    audience: section.audience ?? unit.audience,
    ...(section.from !== undefined && { from: section.from }),
    ...(section.to !== undefined && { to: section.to }),
  };
};

/** The first one may have begun before the piece. */
const turnsIn = (turns: readonly TurnStart[], piece: TextPiece): readonly TurnStart[] =>
  turns
    .filter((turn, i) => turn.start < piece.end && (turns[i + 1]?.start ?? Infinity) > piece.start)
    .map(({ record, start }) => ({ record, start: Math.max(0, start - piece.start) }));

/** Each name once: a note's first heading is mostly its own name. */
const titleOf = (names: readonly string[]): string =>
  names.filter((name, i) => name !== '' && names.indexOf(name) === i).join(' › ');

const passageId = (unit: string, path: string, digest: CutParts['digest']): Id =>
  derivedId(0, digest(utf8(`${unit}\n${path}`)));
