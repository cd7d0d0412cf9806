import { derivedId, utf8, type Id } from '#libs/kernel';

import { cutText, type CutSizes } from './cut-text.js';
import { masked } from './mask.js';
import type { Passage, SectionText, UnitText } from './passage.js';

/** Part of the index pointer: another number means that passages are cut or written in another way. */
export const RENDERER_VERSION = 1;

/** Measured: see docs/explanation/answer-quality.md. */
export const passageSizes: CutSizes = { target: 120, most: 220 };

export interface CutParts {
  /** Of a text, as ISO 639-1. */
  readonly detectLanguage: (text: string) => string;
  /** SHA-256. */
  readonly digest: (bytes: Uint8Array) => Uint8Array;
  readonly sizes?: CutSizes;
}

/** Structure first, then size. The same text always gives the same passages. */
export const cutPassages = (text: UnitText, parts: CutParts): readonly Passage[] =>
  text.sections.flatMap((section) => passagesOfSection(text, section, parts));

const passagesOfSection = (
  unit: UnitText,
  section: SectionText,
  { detectLanguage, digest, sizes = passageSizes }: CutParts,
): readonly Passage[] => {
  // As a whole, before it is cut: what a cut divides would not be known as a card number.
  const text = masked(section.text);
  const above = [unit.name, section.heading ?? ''];
  return cutText(text, sizes).map(({ end, headings, path: piece, start }) => {
    const path = `${section.path}/${piece}`;
    const words = text.slice(start, end);
    return {
      id: passageId(unit.unit, path, digest),
      unit: unit.unit,
      path,
      title: masked(titleOf([...above, ...headings])),
      text: words,
      start,
      end,
      records: section.records ?? unit.records,
      language: detectLanguage(words),
      scope: section.scope ?? unit.scope,
      audience: section.audience ?? unit.audience,
      ...(section.from !== undefined && { from: section.from }),
      ...(section.to !== undefined && { to: section.to }),
    };
  });
};

/** Each name once: a note's first heading is mostly its own name. */
const titleOf = (names: readonly string[]): string =>
  names.filter((name, i) => name !== '' && names.indexOf(name) === i).join(' › ');

const passageId = (unit: string, path: string, digest: CutParts['digest']): Id =>
  derivedId(0, digest(utf8(`${unit}\n${path}`)));
