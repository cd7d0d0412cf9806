import type { MemberRecord } from './member-record.js';
import { sizeOf, type TextSpan } from './text-size.js';

/** What one message says in its thread. */
export interface ThreadTurn {
  readonly record: MemberRecord;
  readonly size: number;
  /** Who said it and when, and the words. */
  readonly text: string;
  /** Where it says who and when. */
  readonly bylines: readonly TextSpan[];
  readonly at?: number;
}

/** In words. */
export interface WindowSizes {
  readonly target: number;
  /** A long message may have its answer beside it up to here. */
  readonly most: number;
  /** How much of a window stands in the next one, too, at most, if it is more than one message. */
  readonly overlap: number;
}

/** Later than this, it is another talk. A question asked in the evening is answered in the morning. */
const ANOTHER_TALK_MS = 48 * 3_600_000;

export const turnOf = (record: MemberRecord): ThreadTurn | undefined => {
  const { sections } = record;
  if (sections.length === 0) return undefined;
  const bylines: TextSpan[] = [];
  let text = '';
  for (const { heading, text: words } of sections) {
    if (text !== '') text += '\n';
    if (heading !== undefined) {
      bylines.push({ start: text.length, end: text.length + heading.length + 1 });
      text += `${heading}:\n`;
    }
    text += words;
  }
  const at = sections.find(({ from }) => from !== undefined)?.from;
  return { record, text, bylines, size: sizeOf(text), ...(at !== undefined && { at }) };
};

/** Oldest first, in an order that does not hang on how they were read. */
export const inOrder = (turns: readonly ThreadTurn[]): readonly ThreadTurn[] =>
  [...turns].sort(
    (a, b) =>
      (a.at ?? 0) - (b.at ?? 0) ||
      (a.record.name < b.record.name ? -1 : Number(a.record.name > b.record.name)),
  );

/**
 * Windows of a thread: each begins again with the last words of the one before, so that no question stands without
 * its answer. A window follows from what was said before it: later messages change the last one only, and add more.
 */
export const windowsOf = (
  turns: readonly ThreadTurn[],
  sizes: WindowSizes,
): readonly (readonly ThreadTurn[])[] => {
  const windows: (readonly ThreadTurn[])[] = [];
  let first = 0;
  while (first < turns.length) {
    const next = endOfWindow(turns, first, sizes);
    windows.push(turns.slice(first, next));
    if (next >= turns.length) break;
    first = isAnotherTalk(turns, next) ? next : startOfNext(turns, first, next, sizes);
  }
  return windows;
};

const sizeAt = (turns: readonly ThreadTurn[], i: number): number => turns[i]?.size ?? 0;

const endOfWindow = (
  turns: readonly ThreadTurn[],
  first: number,
  { most, target }: WindowSizes,
): number => {
  let size = sizeAt(turns, first);
  let next = first + 1;
  while (next < turns.length && !isAnotherTalk(turns, next)) {
    size += sizeAt(turns, next);
    if (size > (next === first + 1 ? most : target)) break;
    next++;
  }
  return next;
};

const isAnotherTalk = (turns: readonly ThreadTurn[], i: number): boolean =>
  (turns[i]?.at ?? 0) - (turns[i - 1]?.at ?? 0) > ANOTHER_TALK_MS;

/** Never the same first turn again, and none that leaves no room for the next one. */
const startOfNext = (
  turns: readonly ThreadTurn[],
  first: number,
  next: number,
  { overlap, target }: WindowSizes,
): number => {
  let start = next;
  let size = 0;
  while (start - 1 > first) {
    size += sizeAt(turns, start - 1);
    const isMore = start < next;
    if ((isMore && size > overlap) || size + sizeAt(turns, next) > target) break;
    start--;
  }
  return start;
};
