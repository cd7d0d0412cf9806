import type { TextEvidence } from '../rank/evidence.js';
import type { Found, SearchHit } from '../retrieve/retrieval.js';
import { askedSortOf, holdsSort } from './asked-sort.js';

/** What an answer is decided by, each from 0 to 1. None depends on how large an index is, or on the scale of a score. */
export interface FoundFeatures {
  /** The largest share of what is asked that stands in one of the best passages, weighed by how rare each word is. */
  readonly coverage: number;
  /** The same of the words that say which thing is asked about, within one sentence and the one before it. */
  readonly focus: number;
  /** How far the best hit is ahead of the next thing that was found. 0 where it is alone: that says nothing. */
  readonly margin: number;
  /** A price, a time, a number or a person is asked for, and the best sentences hold none. */
  readonly lacksSort: number;
  /**
   * How far the nearest of the best hits stands out from them by what it means, as a share of what is left to the same
   * meaning: models differ in how near all texts are to each other. 0 where meaning was not searched.
   */
  readonly nearness: number;
}

const BEST = 3;
/** Of the hits whose sentences are compared. */
const NEAR = 5;
/** Of the hits whose meaning is compared. */
const MEANT = 10;

export const featuresOf = (question: string, { hits }: Found): FoundFeatures => {
  const [best] = hits;
  const other = hits.find((hit) => hit.passage.unit !== best?.passage.unit);
  const near = hits.slice(0, NEAR).map(evidenceOf);
  const focus = Math.max(0, ...near.map((one) => one.focus));
  const around = near.find((one) => one.focus === focus)?.around ?? '';
  return {
    coverage: Math.max(0, ...hits.slice(0, BEST).map((hit) => hit.coverage)),
    focus,
    margin: best && other && best.score > 0 ? 1 - Math.max(0, other.score) / best.score : 0,
    lacksSort: holdsSort(around, askedSortOf(question)) === 0 ? 1 : 0,
    nearness: nearnessOf(hits.slice(0, MEANT)),
  };
};

const nearnessOf = (hits: readonly SearchHit[]): number => {
  const cosines = hits.flatMap(({ because }) => because['meaning'] ?? []);
  if (cosines.length === 0) return 0;
  const usual = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  return usual < 1 ? (Math.max(...cosines) - usual) / (1 - usual) : 0;
};

/** Where nobody looked at its sentences, a passage counts as one. */
const evidenceOf = ({ coverage, evidence, passage }: SearchHit): TextEvidence =>
  evidence ?? { focus: coverage, around: passage.text };
