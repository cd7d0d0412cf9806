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
  const rated = [...sentences].sort((a, b) => b.score - a.score);
  const chosen = rated.slice(0, SENTENCES).filter(({ score }) => score >= best * NEAR_BEST);
  const spans = withNext(text, sentences, chosen).sort((a, b) => a.start - b.start);
  const said = spans.map(({ start, end }) => text.slice(start, end).trim());
  const quote = shortened(said.length === 0 ? text : joined(text, spans, said));
  return { record: records[0] ?? unit, path, name: title, quote };
};

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  if (line.length <= QUOTE_LENGTH) return line;
  const end = line.lastIndexOf(' ', QUOTE_LENGTH);
  return `${line.slice(0, end > 0 ? end : QUOTE_LENGTH)} …`;
};

/**
 * With the sentence behind the best one: what is told there is often the answer to what is named here. A sentence in another
 * paragraph is about something else, except where one person answers another.
 */
const withNext = (
  text: string,
  sentences: readonly RatedSentence[],
  chosen: readonly RatedSentence[],
): RatedSentence[] => {
  const [best] = chosen;
  const next = [...sentences]
    .filter(({ start }) => best !== undefined && start >= best.end)
    .sort((a, b) => a.start - b.start)[0];
  if (!best || !next || chosen.includes(next)) return [...chosen];
  const isApart = /\n\s*\n/u.test(text.slice(best.end, next.start));
  const length = chosen.reduce((sum, { end, start }) => sum + end - start, next.end - next.start);
  return isApart || length > QUOTE_LENGTH ? [...chosen] : [...chosen, next];
};

/** Sentences that stand side by side are quoted as they stand. */
const joined = (text: string, spans: readonly RatedSentence[], said: readonly string[]): string =>
  said.reduce((quote, sentence, i) => {
    const gap = text.slice(spans[i - 1]?.end, spans[i]?.start);
    return `${quote}${gap.trim() === '' ? ' ' : ' … '}${sentence}`;
  });
