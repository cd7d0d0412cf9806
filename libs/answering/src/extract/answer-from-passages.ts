import type { Found, FoundJudgement, ScopeChoice, SearchPassages } from '#libs/knowledge';

import type { AnswerDraft, AnswerQuestion } from '../answers/answer.js';
import type { RecordsFor } from '../dialogues/readable-answers.js';
import { textsIn, type AnswerLanguage, type ExtractiveReason } from '../texts/answer-texts.js';
import type { RateSentences } from './best-sentences.js';
import { evidenceFor, languageOf, nearestIn, SOURCES } from './nearest-sources.js';
import { citationsOf, NEAR_BEST, ratedSources } from './rated-sources.js';
import type { AnsweredDraft, WriteAnswer } from './write-answer.js';

export interface AnswerFromPassagesParts {
  readonly search: SearchPassages;
  /** Whether what was found answers the question. Pure. */
  readonly judgeFound: (question: string, found: Found) => Pick<FoundJudgement, 'decision'>;
  readonly rateSentences: RateSentences;
  readonly recordsFor: RecordsFor;
  /** Missing: the best sentences are the answer. */
  readonly writeAnswer?: WriteAnswer | undefined;
}

/** More choices than a person reads. */
const CHOICES = 5;

/** The best sentences of the sources; a question back; or that nothing answers it, with what comes closest. */
export const answerFromPassages =
  (parts: AnswerFromPassagesParts): AnswerQuestion<AnswerDraft> =>
  async (question, onProgress) => {
    const { text, principals } = question;
    const found = await evidenceFor(parts.search, question);
    const language = languageOf(found);
    const { decision } = parts.judgeFound(text, found);
    const extract = (why: ExtractiveReason) => extracted(parts, found, language, why);
    const write = () =>
      parts.writeAnswer
        ? parts.writeAnswer({ question, found, language, extract, onProgress })
        : extract('no_model');
    if (decision === 'abstain') return abstained(parts, found, language);
    if (decision === 'answer') return write();
    const choices = await choicesIn(parts, found, principals);
    // With one thing to choose there is nothing to ask.
    return choices.length > 1
      ? { outcome: 'asked_back', language, answer: textsIn(language).which, choices }
      : write();
  };

/** What the names in the question fit; if it names nothing, the homes that the best hits are about. */
const choicesIn = async (
  { recordsFor }: AnswerFromPassagesParts,
  { scope, hits }: Found,
  principals: readonly string[],
): Promise<readonly ScopeChoice[]> => {
  if (scope.choices.length > 0) return scope.choices.slice(0, CHOICES);
  const ids = [...new Set(hits.flatMap(({ passage }) => passage.scope))]
    .filter((id) => id.startsWith('listing/'))
    .slice(0, CHOICES);
  const shown = await recordsFor(principals).showMany(ids);
  return ids.flatMap((id) => {
    const name = shown.get(id)?.displayName;
    return typeof name === 'string' ? [{ id, name }] : [];
  });
};

const extracted = async (
  { rateSentences }: AnswerFromPassagesParts,
  found: Found,
  language: AnswerLanguage,
  why: ExtractiveReason,
): Promise<AnsweredDraft> => {
  const sources = await ratedSources(rateSentences, found);
  const best = Math.max(0, ...sources.map((source) => source.best));
  const citations = sources
    .filter((source) => source.best >= best * NEAR_BEST)
    .slice(0, SOURCES)
    .flatMap(citationsOf);
  const lines = citations.map(({ quote }, i) => `${quote} [${i + 1}]`);
  return {
    outcome: 'answered',
    way: 'extractive',
    language,
    answer: [...lines, '', textsIn(language).extractive[why]].join('\n'),
    citations,
  };
};

const abstained = async (
  { rateSentences }: AnswerFromPassagesParts,
  found: Found,
  language: AnswerLanguage,
): Promise<AnswerDraft> => {
  const { unknown, nearest } = textsIn(language);
  const { citations, lines } = await nearestIn(rateSentences, found);
  return {
    outcome: 'abstained',
    language,
    answer: (lines.length > 0 ? [unknown, '', nearest, ...lines] : [unknown]).join('\n'),
    citations,
  };
};
