import { atomsOf, type AtomBreak, type TextAtom } from './text-atoms.js';
import type { TextSpan } from './text-size.js';

/** In words. */
export interface CutSizes {
  /** What most pieces come near to. */
  readonly target: number;
  /** What none is longer than. */
  readonly most: number;
  /** How much of the piece before may stand in it again, so that what is said in two sentences is not cut in half. */
  readonly overlap: number;
}

export interface TextPiece extends TextSpan {
  /** The headings it stands under, outermost first. */
  readonly headings: readonly string[];
  /** Which heading it stands under, and which piece under it it is. No words: an index keeps it as it is. */
  readonly path: string;
}

/** What it costs to cut there: sentences belong together more than paragraphs do. */
const costs: Readonly<Record<AtomBreak, number>> = {
  heading: 0,
  paragraph: 0.15,
  line: 0.3,
  sentence: 0.5,
};
/** A piece that goes on over a heading is about two things. */
const OVER_A_HEADING = 0.8;
/** A heading, or a sentence with a colon, is nothing without what follows. */
const AFTER_A_HEADING = 4;
const AFTER_A_LEAD_IN = 0.6;

/** Pieces near to the target size, cut where it does the least harm: the cheapest of all ways to cut. */
export const cutText = (text: string, sizes: CutSizes): readonly TextPiece[] => {
  const atoms = atomsOf(text, sizes.most);
  const spans = groupsOf(atoms, sizes);
  return withPaths(text, atoms, spans).map((piece, i) => ({
    ...piece,
    start: atoms[earlierStart(atoms, spans, i, sizes)]?.start ?? piece.start,
  }));
};

/** Pairs of indices: the first atom of a group, and the one after its last. */
const groupsOf = (
  atoms: readonly TextAtom[],
  sizes: CutSizes,
): readonly (readonly [number, number])[] => {
  const best: { readonly cost: number; readonly from: number }[] = [{ cost: 0, from: 0 }];
  for (let to = 1; to <= atoms.length; to++) {
    let cheapest = { cost: Number.POSITIVE_INFINITY, from: to - 1 };
    let size = 0;
    let crossed = 0;
    for (let from = to - 1; from >= 0; from--) {
      const atom = atoms[from];
      if (!atom) break;
      size += atom.size;
      if (size > sizes.most && from < to - 1) break;
      const cost =
        (best[from]?.cost ?? 0) + sizeCost(size, sizes) + crossed + cutCost(atoms[from - 1], atom);
      if (cost < cheapest.cost) cheapest = { cost, from };
      // What begins with its heading has not gone over it.
      if (atom.level !== undefined) crossed += OVER_A_HEADING;
    }
    best.push(cheapest);
  }
  const groups: (readonly [number, number])[] = [];
  for (let to = atoms.length; to > 0;) {
    const from = best[to]?.from ?? 0;
    groups.unshift([from, to]);
    to = from;
  }
  return groups;
};

/** With which atom a group begins when the last words of the one before are read with it: never over a heading. */
const earlierStart = (
  atoms: readonly TextAtom[],
  groups: readonly (readonly [number, number])[],
  i: number,
  { most, overlap }: CutSizes,
): number => {
  const [own = 0, end = 0] = groups[i] ?? [];
  const [previous = own] = groups[i - 1] ?? [];
  let room = most;
  for (const { size } of atoms.slice(own, end)) room -= size;
  let start = own;
  let again = 0;
  while (start - 1 > previous && atoms[start]?.before !== 'heading') {
    const earlier = atoms[start - 1];
    if (!earlier || earlier.level !== undefined) break;
    again += earlier.size;
    if (again > overlap || again > room) break;
    start--;
  }
  return start;
};

const sizeCost = (size: number, { most, target }: CutSizes): number =>
  size <= target ? ((target - size) / target) ** 3 : ((size - target) / (most - target)) ** 2;

const cutCost = (previous: TextAtom | undefined, atom: TextAtom): number => {
  if (!previous) return 0;
  const torn =
    previous.level !== undefined ? AFTER_A_HEADING : previous.isLeadIn ? AFTER_A_LEAD_IN : 0;
  return costs[atom.before] + torn;
};

interface OpenHeading {
  readonly level: number;
  readonly name: string;
  /** Which one it is in the text. */
  readonly number: number;
}

const withPaths = (
  text: string,
  atoms: readonly TextAtom[],
  groups: readonly (readonly [number, number])[],
): readonly TextPiece[] => {
  const seen = new Map<number, number>();
  let headings: readonly OpenHeading[] = [];
  let number = 0;
  return groups.map(([from, to]) => {
    let own: readonly OpenHeading[] | undefined;
    for (const { end, level, start } of atoms.slice(from, to)) {
      if (level === undefined) own ??= headings;
      else
        headings = [
          ...headings.filter((above) => above.level < level),
          { level, name: headingText(text.slice(start, end)), number: ++number },
        ];
    }
    own ??= headings;
    const chapter = own.at(-1)?.number ?? 0;
    const count = seen.get(chapter) ?? 0;
    seen.set(chapter, count + 1);
    return {
      start: atoms[from]?.start ?? 0,
      end: atoms[to - 1]?.end ?? 0,
      headings: own.map(({ name }) => name),
      path: `${chapter}.${count}`,
    };
  });
};

const headingText = (line: string): string =>
  line
    .replace(/\n[=\s-]*$/u, '')
    .trim()
    .replace(/^[#=*]+\s*/u, '')
    .replace(/\s*[#=*]+:?$/u, '');
