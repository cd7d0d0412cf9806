import type { Found, SearchHit, SearchPassages } from '#libs/knowledge';

import type { AnswerCitation, AnswerDraft, AnswerQuestion } from '../answers/answer.js';
import type { DecideAnswer } from '../decide/decision.js';
import { languageFor, textsIn, type AnswerLanguage } from '../texts/answer-texts.js';
import type { BestSentences, RatedSentence } from './best-sentences.js';

export interface AnswerFromPassagesParts {
  readonly search: SearchPassages;
  readonly decide: DecideAnswer;
  readonly bestSentences: BestSentences;
}

/** So many passages are looked at for sentences. */
const LOOKED_AT = 10;
const SOURCES = 3;
const SENTENCES_OF_SOURCE = 2;
/** A sentence well below the best one says something else. */
const NEAR_BEST = 0.6;
const QUOTE_LENGTH = 400;

/** Our own answers point to sources and are none; the index does not offer them, and this holds if it did. */
const isEvidence = ({ passage }: SearchHit): boolean =>
  !passage.records.some((record) => record.startsWith('question/'));

/** The best sentences of the sources; a question back; or that nothing answers it, with what comes closest. */
export const answerFromPassages =
  (parts: AnswerFromPassagesParts): AnswerQuestion<AnswerDraft> =>
  async ({ text, turns, principals, about, timeZone }) => {
    const all = await parts.search({
      text,
      turns,
      principals,
      timeZone,
      limit: LOOKED_AT,
      ...(about.length > 0 && { scope: about }),
    });
    const found = { ...all, hits: all.hits.filter(isEvidence) };
    const language = languageFor(found.analysis.languages);
    const decision = parts.decide(found);
    switch (decision.does) {
      case 'ask_back':
        return {
          outcome: 'asked_back',
          language,
          answer: textsIn(language).which,
          choices: decision.choices,
        };
      case 'abstain':
        return abstained(parts, found, language);
      case 'answer':
        return extracted(parts, found, language);
      default:
        return decision satisfies never;
    }
  };

interface RatedSource {
  readonly hit: SearchHit;
  readonly sentences: readonly RatedSentence[];
  readonly best: number;
}

const ratedSources = (
  { bestSentences }: AnswerFromPassagesParts,
  { analysis, hits }: Found,
): readonly RatedSource[] =>
  hits.map((hit) => {
    const { text, language } = hit.passage;
    const sentences = bestSentences(analysis, text, language);
    return { hit, sentences, best: Math.max(0, ...sentences.map(({ score }) => score)) };
  });

const extracted = (
  parts: AnswerFromPassagesParts,
  found: Found,
  language: AnswerLanguage,
): AnswerDraft => {
  const sources = ratedSources(parts, found);
  const best = Math.max(0, ...sources.map((source) => source.best));
  const citations = sources
    .filter((source) => source.best >= best * NEAR_BEST)
    .slice(0, SOURCES)
    .map((source) => citationOf(source, quoteOf(source)));
  const lines = citations.map(({ quote }, i) => `${quote} [${i + 1}]`);
  return {
    outcome: 'answered',
    way: 'extractive',
    language,
    answer: [...lines, '', textsIn(language).extractive].join('\n'),
    citations,
  };
};

/** The best sentences, in the order of the text. A short passage is quoted as it is: it was cut to be one thought. */
const quoteOf = ({ hit, sentences, best }: RatedSource): string => {
  const chosen = [...sentences]
    .sort((a, b) => b.score - a.score)
    .slice(0, SENTENCES_OF_SOURCE)
    .filter(({ score }) => score >= best * NEAR_BEST)
    .sort((a, b) => a.start - b.start)
    .map(({ text }) => text)
    .join(' … ');
  return shortened(chosen === '' ? hit.passage.text : chosen);
};

const shortened = (text: string): string =>
  text.length <= QUOTE_LENGTH ? text : `${text.slice(0, text.lastIndexOf(' ', QUOTE_LENGTH))} …`;

const citationOf = ({ hit }: RatedSource, quote: string): AnswerCitation => {
  const { records, path, title } = hit.passage;
  return { record: records[0] ?? hit.passage.unit, path, name: title, quote };
};

const abstained = (
  parts: AnswerFromPassagesParts,
  found: Found,
  language: AnswerLanguage,
): AnswerDraft => {
  const { unknown, nearest } = textsIn(language);
  const citations = ratedSources(parts, { ...found, hits: found.hits.slice(0, SOURCES) }).map(
    (source) => citationOf(source, quoteOf(source)),
  );
  const lines = citations.map(({ quote }, i) => `${quote} [${i + 1}]`);
  return {
    outcome: 'abstained',
    language,
    answer: (lines.length > 0 ? [unknown, '', nearest, ...lines] : [unknown]).join('\n'),
    citations,
  };
};
