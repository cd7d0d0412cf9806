/** Insertions, removals, replacements and swaps of neighbours that make one word of another. */
export const editsBetween = (one: string, other: string): number => {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++)
      next.push(cheapest(one, other, { row, column, next, last, beforeLast }));
    beforeLast = last;
    last = next;
  }
  return last[other.length] ?? one.length;
};

interface EditTable {
  readonly row: number;
  readonly column: number;
  readonly next: readonly number[];
  readonly last: readonly number[];
  readonly beforeLast: readonly number[];
}

const cheapest = (one: string, other: string, table: EditTable): number => {
  const { row, column, next, last, beforeLast } = table;
  const same = one[row - 1] === other[column - 1] ? 0 : 1;
  const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
  return Math.min(
    (next[column - 1] ?? Infinity) + 1,
    (last[column] ?? Infinity) + 1,
    (last[column - 1] ?? Infinity) + same,
    swapped ? (beforeLast[column - 2] ?? Infinity) + 1 : Infinity,
  );
};
