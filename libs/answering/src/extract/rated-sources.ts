import type { Found, SearchHit } from '#libs/knowledge';

import type { AnswerCitation } from '../answers/answer.js';
import type { RatedSentence, RateSentences } from './best-sentences.js';

/** A hit with its sentences. */
export interface RatedSource {
  readonly hit: SearchHit;
  readonly sentences: readonly RatedSentence[];
  readonly best: number;
}

export const ratedSources = async (
  rate: RateSentences,
  { analysis, hits }: Pick<Found, 'analysis' | 'hits'>,
): Promise<readonly RatedSource[]> => {
  if (hits.length === 0) return [];
  const rated = await rate(
    analysis,
    hits.map(({ passage }) => passage),
  );
  return hits.map((hit, i) => {
    const sentences = rated[i] ?? [];
    return { hit, sentences, best: Math.max(0, ...sentences.map(({ score }) => score)) };
  });
};

const SENTENCES = 2;
/** A sentence well below the best one says something else. */
export const NEAR_BEST = 0.6;
const QUOTE_LENGTH = 400;

/** What a source says to the question: its best sentences, in the order of the text. */
export const citationOf = ({ hit, sentences, best }: RatedSource): AnswerCitation => {
  const { records, path, title, text, unit } = hit.passage;
  const chosen = [...sentences]
    .sort((a, b) => b.score - a.score)
    .slice(0, SENTENCES)
    .filter(({ score }) => score >= best * NEAR_BEST)
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => text.slice(start, end).trim());
  const quote = shortened(chosen.length === 0 ? text : chosen.join(' … '));
  return { record: records[0] ?? unit, path, name: title, quote };
};

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  if (line.length <= QUOTE_LENGTH) return line;
  const end = line.lastIndexOf(' ', QUOTE_LENGTH);
  return `${line.slice(0, end > 0 ? end : QUOTE_LENGTH)} …`;
};
