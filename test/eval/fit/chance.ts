/** Numbers that look drawn and are the same in each run. */
export interface Chance {
  /** From 0, below 1. */
  next(): number;
  /** A whole number from 0, below this one. */
  below(end: number): number;
  one<T>(of: readonly T[]): T | undefined;
  /** So many of them, or all, in any order, each once. */
  some<T>(of: readonly T[], count: number): readonly T[];
}

/** Steps of mulberry32. */
export const chance = (seed: number): Chance => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    next,
    below,
    one: (of) => of[below(of.length)],
    some(of, count) {
      const left = [...of];
      const taken: typeof left = [];
      while (taken.length < count && left.length > 0)
        taken.push(...left.splice(below(left.length), 1));
      return taken;
    },
  };
};
