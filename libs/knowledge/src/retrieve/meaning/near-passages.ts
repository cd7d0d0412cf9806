import type { IndexHit, PassageVectors, VectorQuery } from '#libs/ports/search-index';

import type { RankedHit } from '../retrieval.js';
import { fuseScores, fusionSettings } from './fuse-scores.js';

type IndexOfVectors = Pick<PassageVectors, 'nearest' | 'nearness'>;

/** Candidates by meaning beside those that words found, each once. */
export const withNearest = async (
  index: IndexOfVectors,
  generation: number,
  byWords: Promise<readonly IndexHit[]>,
  queries: readonly VectorQuery[],
): Promise<readonly IndexHit[]> => {
  const [words, ...near] = await Promise.all([
    byWords,
    ...queries.map((query) => index.nearest(generation, query)),
  ]);
  const known = new Set(words.map(({ passage }) => passage.id));
  // What words did not find has no score of theirs.
  const others = near.flat().filter(({ passage: { id } }) => !known.has(id) && known.add(id));
  return [...words, ...others.map((hit) => ({ ...hit, score: 0 }))];
};

/** Orders what was found by words and meaning; by words alone where there is no vector. */
export const byMeaning = async (
  index: IndexOfVectors,
  generation: number,
  hits: readonly RankedHit[],
  { scope, vector }: Pick<Partial<VectorQuery>, 'scope' | 'vector'>,
): Promise<readonly RankedHit[]> => {
  if (!vector || hits.length === 0) return hits;
  const ids = hits.map(({ passage }) => passage.id);
  const found = await index.nearness(generation, vector, ids);
  const nearness = new Map<string, number>();
  found.forEach((cosine, i) => {
    // Its vector is that of more than what is left of it.
    const isWhole = hits[i]?.passage.isShortened !== true;
    if (cosine !== undefined && isWhole) nearness.set(ids[i] ?? '', cosine);
  });
  return fuseScores(hits, nearness, scope ? fusionSettings.scoped : fusionSettings.unscoped);
};
