import type { RankedHit } from './retrieval.js';

/** Hits that score alike stand in the same order each time, also where the index gave them in another. */
export const bestFirst = (a: RankedHit, b: RankedHit): number =>
  b.score - a.score || (a.passage.id < b.passage.id ? -1 : 1);
