import type { Found, SearchPassages } from '#libs/knowledge';

import type { AnswerCitation, QuestionToAnswer } from '../answers/answer.js';
import { languageFor, type AnswerLanguage } from '../texts/answer-texts.js';
import type { RateSentences } from './best-sentences.js';
import { isEvidence, withoutOwn } from './evidence.js';
import { citationsOf, ratedSources } from './rated-sources.js';

export interface NearestSourcesParts {
  readonly search: SearchPassages;
  readonly rateSentences: RateSentences;
}

/** So many passages are looked at for sentences. */
const LOOKED_AT = 10;
export const SOURCES = 3;

/** What a question finds among what may be read, without earlier questions. */
export const evidenceFor = async (
  search: SearchPassages,
  { text, turns, principals, about, timeZone }: QuestionToAnswer,
): Promise<Found> => {
  const all = await search({
    ...{ text, turns, principals: withoutOwn(principals), timeZone, limit: LOOKED_AT },
    ...(about.length > 0 && { scope: about }),
  });
  return { ...all, hits: all.hits.filter(isEvidence) };
};

/** A few words fit several languages: then that of what they found tells, and then English. */
export const languageOf = ({ analysis: { languages }, hits: [best] }: Found): AnswerLanguage => {
  const spoken = best?.passage.language;
  if (languages.length > 1 && spoken !== undefined && languages.includes(spoken))
    return languageFor([spoken]);
  return languageFor(languages.length > 1 && languages.includes('en') ? ['en'] : languages);
};

interface NearestSources {
  readonly language: AnswerLanguage;
  /** What they say, each with its number. */
  readonly lines: readonly string[];
  readonly citations: readonly AnswerCitation[];
}

/** The sources that come closest to a question. */
export const nearestSources = async (
  { search, rateSentences }: NearestSourcesParts,
  question: QuestionToAnswer,
): Promise<NearestSources> => {
  const found = await evidenceFor(search, question);
  return { language: languageOf(found), ...(await nearestIn(rateSentences, found)) };
};

/** The same among what was found. */
export const nearestIn = async (
  rateSentences: RateSentences,
  { analysis, hits }: Pick<Found, 'analysis' | 'hits'>,
): Promise<Pick<NearestSources, 'citations' | 'lines'>> => {
  const sources = await ratedSources(rateSentences, { analysis, hits: hits.slice(0, SOURCES) });
  const citations = sources.flatMap(citationsOf);
  return { citations, lines: citations.map(({ quote }, i) => `${quote} [${i + 1}]`) };
};
