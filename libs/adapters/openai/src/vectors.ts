import { z } from 'zod';

const vector = z.union([z.array(z.number()), z.string()]);
const schema = z.object({
  model: z.string().optional(),
  data: z.array(z.object({ index: z.number().int().min(0), embedding: vector })),
});

export interface AnsweredVectors {
  readonly model: string | undefined;
  /** In the order of the texts, as the model made them. */
  readonly vectors: readonly Float32Array[];
}

/** `undefined` where the answer is not one vector for each text. */
export const vectorsIn = (answer: unknown, texts: number): AnsweredVectors | undefined => {
  const parsed = schema.safeParse(answer);
  if (!parsed.success || parsed.data.data.length !== texts) return undefined;
  const vectors = new Array<Float32Array | undefined>(texts).fill(undefined);
  for (const { index, embedding } of parsed.data.data)
    vectors[index] =
      typeof embedding === 'string' ? decoded(embedding) : Float32Array.from(embedding);
  if (vectors.length !== texts) return undefined;
  const whole = vectors.flatMap((one) => (one === undefined || one.length === 0 ? [] : [one]));
  return whole.length === texts ? { model: parsed.data.model, vectors: whole } : undefined;
};

/** 32-bit numbers, lowest byte first. */
const decoded = (base64: string): Float32Array | undefined => {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length % 4 !== 0) return undefined;
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
};

/** The same direction, of length 1. `undefined` where there is none: something in it is no number, or all is 0. */
export const ofLengthOne = (vector: Float32Array): Float32Array | undefined => {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  if (!Number.isFinite(length) || length === 0) return undefined;
  return vector.map((value) => value / length);
};

/** For a text that means nothing to a model that says so with zeros: as far from everything as can be. */
export const meaningless = (dimension: number): Float32Array =>
  new Float32Array(dimension).fill(1 / Math.sqrt(dimension));
