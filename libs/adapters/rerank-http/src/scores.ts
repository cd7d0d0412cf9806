import { z } from 'zod';

const place = z.number().int().min(0);
const schema = z.union([
  z.array(z.object({ index: place, score: z.number() })),
  z
    .object({ results: z.array(z.object({ index: place, relevance_score: z.number() })) })
    .transform(({ results }) =>
      results.map(({ index, relevance_score }) => ({ index, score: relevance_score })),
    ),
]);

/** In the order of the texts. `undefined` where the answer is not one score for each of them. */
export const scoresIn = (answer: string, texts: number): readonly number[] | undefined => {
  const parsed = schema.safeParse(parse(answer));
  if (!parsed.success || parsed.data.length !== texts) return undefined;
  const scores = new Map(parsed.data.map(({ index, score }) => [index, score]));
  const inOrder = Array.from({ length: texts }, (_, i) => scores.get(i));
  return inOrder.every((score) => score !== undefined) ? inOrder : undefined;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
