import type { Passage, TurnStart } from './passage.js';
import { clipped, isBlankAt, moved, type TextSpan } from './text-size.js';

/** A passage without what some of its messages say; nothing where no word of another one is left. */
export const withoutTurns = (
  passage: Passage,
  isLeftOut: (record: string, words: string) => boolean,
): Passage | undefined => {
  const { bylines = [], records, scope, text, turns = [] } = passage;
  const all = turns.map((turn, i) => {
    const span = { start: turn.start, end: turns[i + 1]?.start ?? text.length };
    return { ...span, record: turn.record, words: text.slice(span.start, span.end) };
  });
  const out = new Set(
    all.flatMap(({ record, words }) => (isLeftOut(record, words) ? [record] : [])),
  );
  if (out.size === 0) return passage;
  const kept = { text: '', turns: [] as TurnStart[], bylines: [] as TextSpan[] };
  for (const { record, words, ...span } of all) {
    if (out.has(record)) continue;
    const start = kept.text.length;
    kept.turns.push({ record, start });
    kept.bylines.push(...moved(clipped(bylines, span), start));
    kept.text += words;
  }
  if (!saysAnything(kept.text, kept.bylines)) return undefined;
  return {
    ...{ ...passage, ...kept, text: kept.text.trimEnd(), isShortened: true },
    records: records.filter((record) => !out.has(record)),
    scope: scope.filter((id) => !out.has(id)),
  };
};

/** A line that says who speaks says nothing. */
const saysAnything = (text: string, bylines: readonly TextSpan[]): boolean => {
  for (let i = 0; i < text.length; i++)
    if (!isBlankAt(text, i) && !bylines.some(({ start, end }) => start <= i && i < end))
      return true;
  return false;
};
