import type { Analyser } from '../analyse/analyser.js';
import type { Passage } from '../passages/passage.js';
import { sentencesOfLines } from '../passages/sentences.js';
import { isWithinAny, type TextSpan } from '../passages/text-size.js';
import { matchedPlaces, wantedTerms } from './match-text.js';
import { closeness } from './proximity.js';
import { coverageOf, type RankedQuestion } from './rescore.js';
import { wordWeights } from './word-weights.js';

/** A sentence of a passage that answers a question, as far as its words tell. */
export interface ScoredSentence extends TextSpan {
  readonly score: number;
  /** The share of the question's weight that stands in it: 0 to 1. */
  readonly coverage: number;
}

/** Part of what the sentences beside it hold counts too: an answer often stands next to the words of its question. */
const BESIDE = 0.3;
const CLOSE = 0.3;
/**
 * What the title says holds for each sentence, so a sentence that says only the name of the home again tells nothing.
 * What a sentence adds to the title counts most.
 */
const IN_TITLE = 0.6;
const ADDED = 1.1;
const OWN = 0.3;
/** A question repeats what is asked and answers nothing. */
const ASKS = 0.3;
const IS_QUESTION = /[?？]["'”’»)\]]*$/u;
/** A sentence of this many words tells enough; a shorter one is worth less. */
const ENOUGH_WORDS = 4;

/** A passage as its sentences are rated. */
export type RatedText = Pick<Passage, 'bylines' | 'language' | 'text' | 'title'>;

/** All that is said in a passage, sentence by sentence, best first, with the places in its text. */
export const bestSentences = (
  { question, statistics }: RankedQuestion,
  { title, text, language, bylines = [] }: RatedText,
  { read }: Pick<Analyser, 'read'>,
): readonly ScoredSentence[] => {
  const wanted = wantedTerms(question);
  const { words: weights } = wordWeights(question, statistics);
  const all = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const titlePlaces = matchedPlaces(read(title, language), wanted, language);
  const inTitle = coverageOf(titlePlaces, weights);
  const alone = sentencesOfLines(text).map((span) => {
    const sentence = text.slice(span.start, span.end);
    const reading = read(sentence, language);
    const places = matchedPlaces(reading, wanted, language);
    const coverage = coverageOf(places, weights);
    const added = coverageOf([...titlePlaces, ...places], weights) - inTitle;
    const whole = Math.min(1, reading.words.length / ENOUGH_WORDS);
    const worth = IS_QUESTION.test(sentence) ? whole * ASKS : whole;
    const close = closeness(places, weights) / all;
    return {
      span,
      coverage,
      added,
      score: (IN_TITLE * inTitle + ADDED * added + OWN * coverage + CLOSE * close) * worth,
    };
  });
  return alone
    .map(({ span, coverage, score }, index) => {
      const beside = Math.max(alone[index - 1]?.added ?? 0, inTitle * 0.5);
      return { ...span, coverage, score: score + BESIDE * beside };
    })
    .filter((sentence) => !isWithinAny(sentence, bylines))
    .sort((one, other) => other.score - one.score || one.start - other.start);
};
