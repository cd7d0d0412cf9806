import type { QuestionAnalysis, QuestionWord } from '../analyse/analysis.js';
import type { TextSpan } from '../passages/text-size.js';
import type { NameSpan } from './names/mentions-in.js';

/** A text as the words that it is searched by. */
export type AnalyseText = (text: string) => Promise<QuestionAnalysis>;

/** What it is about is decided: a word that only names it counts little in a passage about it. */
export const NAMING = 0.1;

export const withoutNames = (
  analysis: QuestionAnalysis,
  spans: readonly NameSpan[],
): QuestionAnalysis => {
  const isName = ({ start, end }: QuestionWord): boolean =>
    spans.some((span) => span.start < end && start < span.end);
  if (analysis.words.every(isName)) return analysis;
  const words = analysis.words.map((word) =>
    isName(word) ? { ...word, weight: (word.weight ?? 1) * NAMING } : word,
  );
  return { ...analysis, words };
};

/** What is said around a question counts less than the question: `We booked a week. Is there a lift?` */
const AROUND = 0.5;

export const withAsking = (
  analysis: QuestionAnalysis,
  asking: readonly TextSpan[],
): QuestionAnalysis => ({
  ...analysis,
  words: analysis.words.map((word) =>
    asking.some((span) => span.start < word.end && word.start < span.end)
      ? word
      : { ...word, weight: (word.weight ?? 1) * AROUND },
  ),
});

/** `How high is the deposit?` asks for no high chair. */
const HOW_HIGH =
  /(?<=(?<!\p{L})(?:how|wie|hoe)\s+)(?:high|hoch|hoog)(?!\p{L})|(?<!\p{L})jak wysok\p{L}+/giu;

/** Words that ask how much of a thing there is, where elsewhere they tell things apart. */
export const withoutMeasures = (analysis: QuestionAnalysis, text: string): QuestionAnalysis => {
  const spans = [...text.matchAll(HOW_HIGH)].map(({ 0: said, index }) => ({
    start: index,
    end: index + said.length,
  }));
  return spans.length === 0 ? analysis : withoutNames(analysis, spans);
};

/** What earlier turns said beside the question's own words, by what it still weighs. */
export const earlierWords = async (
  analyse: AnalyseText,
  own: QuestionAnalysis,
  earlier: readonly { readonly text: string; readonly weight: number }[],
): Promise<readonly QuestionWord[]> => {
  const words: QuestionWord[] = [];
  const known = new Set(own.words.flatMap(keysOf));
  for (const { text, weight } of earlier)
    for (const word of (await analyse(text)).words) {
      const keys = keysOf(word);
      if (keys.some((key) => known.has(key))) continue;
      for (const key of keys) known.add(key);
      words.push({ ...word, weight: (word.weight ?? 1) * weight });
    }
  return words;
};

/** What makes two words the same word: their own forms, not what they only may stand for. */
const keysOf = ({ forms }: QuestionWord): readonly string[] =>
  forms.filter(({ weight }) => weight >= 1).map(({ field, term }) => `${field} ${term}`);
