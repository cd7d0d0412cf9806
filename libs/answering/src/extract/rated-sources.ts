import type { Found, Passage, SearchHit } from '#libs/knowledge';

import type { AnswerCitation } from '../answers/answer.js';
import type { RatedSentence, RateSentences } from './best-sentences.js';
import { nameAt, recordAt } from './record-at.js';

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

/** What a source says to the question: its best sentences, in the order of the text, of each message apart. */
export const citationsOf = ({ hit, sentences, best }: RatedSource): readonly AnswerCitation[] => {
  const { path, text } = hit.passage;
  const rated = [...sentences].sort((a, b) => b.score - a.score);
  const chosen = rated.slice(0, SENTENCES).filter(({ score }) => score >= best * NEAR_BEST);
  const spans = withNext(text, sentences, chosen).sort((a, b) => a.start - b.start);
  const inRecords = Map.groupBy(spans.length > 0 ? spans : whole(hit.passage), ({ start, end }) =>
    recordAt(hit.passage, start + leadingBlanks(text.slice(start, end))),
  );
  return [...inRecords].map(([record, own]) => {
    const said = own.map(({ start, end }) => text.slice(start, end).trim());
    const name = nameAt(hit.passage, own[0]?.start ?? 0);
    return { record, path, name, quote: shortened(joined(text, own, said)) };
  });
};

const leadingBlanks = (text: string): number => text.length - text.trimStart().length;

/** Where nothing in it fits better than the rest: all that is said in it, message by message. */
const whole = ({ text, turns = [], bylines = [] }: Passage): RatedSentence[] => {
  const starts = turns.length > 0 ? turns.map(({ start }) => start) : [0];
  return starts.map((turn, i) => {
    const start = bylines.find((byline) => byline.start === turn)?.end ?? turn;
    return { start, end: starts[i + 1] ?? text.length, score: 0 };
  });
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
