import type { KindName } from '#libs/catalog';
import type { IndexedPassage, IndexedUnit, UnitFence, UnitState } from '#libs/ports/search-index';

import type { PassageAnalysis } from '../analyse/analysis.js';
import type { Passage } from '../passages/passage.js';
import type { RenderedUnit } from './rendered-unit.js';

/** A passage as terms, for one key. */
export type AnalysePassage = (passage: Passage) => PassageAnalysis;

/**
 * What people ask teaches the index no words. A typo would count as a known word from then on and be mended no more,
 * and what one asked in private would be offered to others.
 */
const QUESTION: KindName = 'question';

/** Nothing that the index knows of it is newer, so an equal fence overwrites. */
export const indexedUnit = (
  rendered: RenderedUnit,
  state: UnitState | undefined,
  analyse: AnalysePassage,
): IndexedUnit => {
  const { unit, kind, digest, passages, hashes } = rendered;
  const words = new Set<string>();
  const indexed = passages.map((passage, i): IndexedPassage => {
    const analysis = analyse(passage);
    if (kind !== QUESTION) for (const word of analysis.words) words.add(word);
    return indexedPassage(passage, hashes[i] ?? '', analysis);
  });
  const fence = newerFence(rendered.fence, state?.fence);
  return { unit, kind, fence, digest, passages: indexed, words: [...words] };
};

const indexedPassage = (
  { id, path, records, scope, audience, from, to }: Passage,
  hash: string,
  { language, terms }: PassageAnalysis,
): IndexedPassage => ({
  ...{ id, path, records, hash, language, scope, audience, terms },
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

/**
 * Of an erased message no trace is left in its thread, so the thread's own fence may go back. The index remembers
 * the newest it has seen.
 */
const newerFence = (own: UnitFence, known: UnitFence | undefined): UnitFence =>
  known && compared(known, own) > 0 ? known : own;

const compared = (a: UnitFence, b: UnitFence): number =>
  a.generation - b.generation || a.era - b.era || a.position - b.position;
