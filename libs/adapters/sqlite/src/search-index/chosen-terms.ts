/** A term of a question, and in how many passages it stands. */
export interface CountedToken {
  readonly token: string;
  readonly passages: number;
}

/** What a question may cost, in entries of the lists of its terms. */
export const costs = {
  /** About 3 µs each: FTS5 scores every passage that it finds. */
  unscoped: 60_000,
  /** About 0.1 µs each: few passages are left to score, but FTS5 reads each list once for the weight of its term. */
  scoped: 400_000,
} as const;

/**
 * Which terms of a question are looked for. Rare ones tell passages apart and cost little; a term in more than half of
 * all passages weighs nothing by BM25. Beyond what a question may cost, terms are looked for only where the two rarest
 * of the rest stand together.
 */
export const chosenTerms = (
  counted: readonly CountedToken[],
  { all, most }: { readonly all: number; readonly most: number },
): string => {
  const rising = counted
    .filter(({ passages }) => passages > 0)
    .sort((a, b) => a.passages - b.passages);
  const telling = rising.filter(({ passages }) => passages <= all / 2);
  const useful = telling.length > 0 ? telling : rising.slice(0, 1);
  const chosen: string[] = [];
  let cost = 0;
  let at = 0;
  for (const { token, passages } of useful) {
    if (chosen.length > 0 && cost + passages > most) break;
    cost += passages;
    chosen.push(token);
    at++;
  }
  const together = pairOf(useful.slice(at));
  return [...chosen, ...(together ? [together] : [])].join(' OR ');
};

/** Of one field: a word and its own stem stand together always. */
const pairOf = (rest: readonly CountedToken[]): string | undefined => {
  for (const field of ['s', 'w']) {
    const [one, other] = rest.filter(({ token }) => token.startsWith(field));
    if (one && other) return `(${one.token} AND ${other.token})`;
  }
  return undefined;
};
