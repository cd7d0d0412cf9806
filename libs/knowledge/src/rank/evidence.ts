import type { Analyser } from '../analyse/analyser.js';
import { isAskingWord } from '../analyse/asking-words.js';
import { sentencesOfLines } from '../passages/sentences.js';
import { matchedPlaces, wantedTerms } from './match-text.js';
import type { RankCandidate, RankedQuestion } from './rescore.js';
import { wordWeights } from './word-weights.js';

/** What the sentences of a text hold of a question, not the text as a whole. */
export interface TextEvidence {
  /**
   * How much one sentence holds of the words that say which thing is asked about: 0 to 1, weighed by how rare each word is.
   * The sentence before it and the title count as well.
   */
  readonly focus: number;
  /** That sentence, with the ones around it. */
  readonly around: string;
}

/** Words that only name the home, and words said around a question, are not what is asked about. */
const LEAST_WEIGHT = 0.3;

/** How far single sentences of each text hold what a question is about: words far apart in a text often say nothing together. */
export const evidenceIn = (
  { question, statistics }: RankedQuestion,
  texts: readonly Pick<RankCandidate, 'title' | 'text' | 'language'>[],
  { read }: Pick<Analyser, 'read'>,
): readonly TextEvidence[] => {
  const wanted = wantedTerms(question);
  const weights = focusWeights({ question, statistics });
  const heldIn = (text: string, language: string): readonly number[] => {
    const held = weights.map(() => 0);
    for (const { word, weight } of matchedPlaces(read(text, language), wanted, language))
      if (word < held.length) held[word] = Math.max(held[word] ?? 0, weight);
    return held;
  };
  return texts.map(({ language, text, title }) => {
    const titled = heldIn(title, language);
    const spans = sentencesOfLines(text);
    const held = spans.map(({ start, end }) => heldIn(text.slice(start, end), language));
    const shares = held.map((_, at) =>
      shareOf([titled, held[at - 1] ?? [], held[at] ?? []], weights),
    );
    const focus = Math.max(0, ...shares);
    const best = shares.indexOf(focus);
    const [from, to] = [spans[Math.max(0, best - 1)], spans[best + 1] ?? spans[best]];
    return { focus, around: text.slice(from?.start, to?.end) };
  });
};

/** What each word tells about which thing is asked about. A question of nothing but asking words has no others. */
const focusWeights = ({ question, statistics }: RankedQuestion): readonly number[] => {
  const all = wordWeights(question, statistics).words;
  const isMeant = question.words.map(({ weight = 1 }) => weight >= LEAST_WEIGHT);
  const isFocus = question.words.map(
    ({ written }, word) => isMeant[word] === true && !isAskingWord(written, question.languages),
  );
  const counted = isFocus.includes(true) ? isFocus : isMeant;
  return all.map((weight, word) => (counted[word] === true ? weight : 0));
};

const shareOf = (sentences: readonly (readonly number[])[], weights: readonly number[]): number => {
  let [all, held] = [0, 0];
  for (const [word, weight] of weights.entries()) {
    all += weight;
    held += weight * Math.min(1, Math.max(...sentences.map((one) => one[word] ?? 0)));
  }
  return all === 0 ? 0 : held / all;
};
