import type { Found, SearchHit } from '../retrieve/retrieval.js';
import { askedSortOf, holdsSort } from './asked-sort.js';

/** What an answer is decided by. None depends on how long a question is or on how large an index. */
export interface FoundFeatures {
  /** The share of what is asked that stands in the best passage, weighed by how rare each word is. */
  readonly coverage: number;
  /** The same of the best three together: the largest. */
  readonly bestCoverage: number;
  /** How far the best hit is ahead of the next thing that was found: 0 to 1. 0 where it is alone: that says nothing. */
  readonly margin: number;
  /** How far the best hit is ahead of what is found for any question of this sort: 0 to 1. */
  readonly standOut: number;
  /** How much more of the question stands in what is about something else, where little stands here. */
  readonly elsewhere: number;
  /** Whether the best passages hold a time, a number, a person, where one is asked for. */
  readonly holdsSort: number;
  /** One home or guest is meant. */
  readonly scoped: number;
  /** How near the best hit about another home comes to the best of all, where no home is named: 0 to 1. */
  readonly rival: number;
}

const BEST = 3;
const TOP = 10;

export const featuresOf = (question: string, found: Found): FoundFeatures => {
  const { hits, scope } = found;
  const [best] = hits;
  const sort = askedSortOf(question);
  const other = hits.find((hit) => hit.passage.unit !== best?.passage.unit);
  return {
    coverage: best?.coverage ?? 0,
    bestCoverage: Math.max(0, ...hits.slice(0, BEST).map((hit) => hit.coverage)),
    margin: best && other && best.score > 0 ? 1 - Math.max(0, other.score) / best.score : 0,
    standOut: standOutOf(hits),
    elsewhere: Math.max(0, (found.elsewhere ?? 0) - (best?.coverage ?? 0)),
    holdsSort: Math.max(
      0,
      ...hits.slice(0, BEST).map(({ passage }) => holdsSort(passage.text, sort)),
    ),
    scoped: scope.state === 'given' || scope.state === 'found' ? 1 : 0,
    rival: scope.state === 'none' ? rivalOf(hits.slice(0, TOP)) : 0,
  };
};

/** Hits from here to there fit by chance. */
const BY_CHANCE = [4, 14] as const;

const standOutOf = (hits: readonly SearchHit[]): number => {
  const [best] = hits;
  if (!best || best.score <= 0) return 0;
  const others = hits.slice(...BY_CHANCE);
  if (others.length === 0) return 0;
  const mean = others.reduce((sum, { score }) => sum + Math.max(0, score), 0) / others.length;
  return 1 - mean / best.score;
};

/** What is about no home in particular has no rival: it holds for all of them. */
const rivalOf = (hits: readonly SearchHit[]): number => {
  const [best] = hits;
  if (!best || best.about.length === 0 || best.score <= 0) return 0;
  const rivals = hits.filter(
    ({ about }) => about.length > 0 && !about.some((id) => best.about.includes(id)),
  );
  return Math.max(
    0,
    ...rivals.map((hit) => Math.min(hit.score / best.score, coveredBeside(hit, best))),
  );
};

const coveredBeside = (hit: SearchHit, best: SearchHit): number =>
  best.coverage > 0 ? hit.coverage / best.coverage : 1;
