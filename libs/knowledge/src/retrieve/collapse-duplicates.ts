import { bestFirst } from './best-first.js';
import type { RankedHit } from './retrieval.js';

/** Only the best are compared with each other: nobody looks at two that are alike further down. */
const COMPARED = 50;
/** So many shared runs of words make two texts one. */
const ALIKE = 0.8;
const RUN = 3;
/** A repetition stands behind what says something new. */
const REPEATED = 0.5;

/** Sets back what repeats a better hit about the same thing almost word for word. */
export const collapseDuplicates = (hits: readonly RankedHit[]): readonly RankedHit[] => {
  const kept: { readonly scope: string; readonly runs: ReadonlySet<string> }[] = [];
  const judged = hits.map((hit, i) => {
    if (i >= COMPARED) return hit;
    const scope = [...hit.passage.scope].sort().join(' ');
    const runs = runsOf(hit.passage.text);
    if (!kept.some((other) => other.scope === scope && shareOf(runs, other.runs) >= ALIKE)) {
      kept.push({ scope, runs });
      return hit;
    }
    const because = { ...hit.because, repeated: REPEATED };
    return { ...hit, score: hit.score * REPEATED, because };
  });
  return judged.sort(bestFirst);
};

const runsOf = (text: string): ReadonlySet<string> => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const runs = words.map((_, i) => words.slice(i, i + RUN).join(' '));
  return new Set(runs.slice(0, Math.max(1, runs.length - RUN + 1)));
};

const shareOf = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  let shared = 0;
  for (const run of a) if (b.has(run)) shared += 1;
  return a.size + b.size === 0 ? 1 : shared / (a.size + b.size - shared);
};
