import type { TextSpan } from '../src/passages/text-size.js';

/** A question whose answer is known to the character. */
export interface SpanQuestion {
  readonly words: readonly string[];
  readonly document: number;
  readonly answer: TextSpan;
}

export interface SpanFigures {
  /** How much of an answer stands in the best five passages. */
  readonly recall: number;
  /** How much of those five and of the answer stands in both. */
  readonly overUnion: number;
}

export type CutDocument = (text: string) => readonly TextSpan[];

interface Chunk extends TextSpan {
  readonly document: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

const BEST = 5;

/** Recall and token IoU of the best five passages, found by plain BM25: what is compared is the cutting alone. */
export const measureCut = (
  documents: readonly string[],
  questions: readonly SpanQuestion[],
  cut: CutDocument,
): SpanFigures => {
  const chunks = documents.flatMap((text, document) =>
    cut(text).map(({ end, start }) => chunkOf(document, { start, end }, text)),
  );
  const find = finder(chunks);
  let recall = 0;
  let overUnion = 0;
  for (const question of questions) {
    const { answer, document } = question;
    const found = find(question.words);
    const read = found.reduce((sum, { end, start }) => sum + end - start, 0);
    const answered = lengthIn(
      answer,
      found.filter((chunk) => chunk.document === document),
    );
    recall += answered / (answer.end - answer.start);
    overUnion += answered / (read + answer.end - answer.start - answered);
  }
  return { recall: recall / questions.length, overUnion: overUnion / questions.length };
};

/** Words in a simple form: endings off, so that a question need not say them as the text does. */
export const plainWordsIn = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).map((word) =>
    word.replace(/(?<=.{4})(?:ing|ed|es|s)$/u, ''),
  );

const chunkOf = (document: number, span: TextSpan, text: string): Chunk => {
  const words = plainWordsIn(text.slice(span.start, span.end));
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { ...span, document, counts, length: words.length };
};

const finder = (chunks: readonly Chunk[]) => {
  const average = chunks.reduce((sum, { length }) => sum + length, 0) / chunks.length;
  const holders = (word: string) => chunks.filter(({ counts }) => counts.has(word));
  const weights = new Map<string, number>();
  const weightOf = (word: string): number => {
    const known = weights.get(word);
    if (known !== undefined) return known;
    const many = holders(word).length;
    const weight = Math.log(1 + (chunks.length - many + 0.5) / (many + 0.5));
    weights.set(word, weight);
    return weight;
  };
  const scoreOf = ({ counts, length }: Chunk, words: readonly string[]): number =>
    words.reduce((score, word) => {
      const count = counts.get(word) ?? 0;
      const dampened = (count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / average));
      return score + (count === 0 ? 0 : weightOf(word) * dampened);
    }, 0);
  return (words: readonly string[]): readonly Chunk[] =>
    chunks
      .map((chunk) => ({ chunk, score: scoreOf(chunk, words) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, BEST)
      .map(({ chunk }) => chunk);
};

/** Each character once, in however many passages it stands. */
const lengthIn = ({ end, start }: TextSpan, found: readonly TextSpan[]): number => {
  let length = 0;
  for (let at = start; at < end; at++)
    if (found.some((chunk) => chunk.start <= at && at < chunk.end)) length++;
  return length;
};
