import type { Found } from '../retrieve/retrieval.js';

const TOP = 10;

/**
 * How near the best hit about another home comes to the best of all, where no home is named: 0 to 1. What is about no home in
 * particular has no rival: it holds for all of them.
 */
export const rivalOf = ({ hits, scope }: Found): number => {
  const [best] = hits;
  if (scope.state !== 'none' || !best || best.about.length === 0 || best.score <= 0) return 0;
  const bestFocus = best.evidence?.focus ?? 0;
  return Math.max(
    0,
    ...hits.slice(0, TOP).map(({ about, evidence, score }) => {
      if (about.length === 0 || about.some((id) => best.about.includes(id))) return 0;
      const focus = evidence?.focus ?? 0;
      return Math.min(
        Math.sqrt(Math.max(0, score) / best.score),
        bestFocus > 0 ? focus / bestFocus : 1,
      );
    }),
  );
};
