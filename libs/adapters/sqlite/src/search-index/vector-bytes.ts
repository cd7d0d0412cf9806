/** Each number of a vector in 16 bits: a cosine is exact to four digits, in half the space of its floats. */
const FULL = 32_767;

export const vectorLength = (dimension: number): number => 2 * dimension;

export const bytesOfVector = (vector: Float32Array): Uint8Array => {
  const numbers = new Int16Array(vector.length);
  for (let i = 0; i < vector.length; i++) numbers[i] = Math.round((vector[i] ?? 0) * FULL);
  return new Uint8Array(numbers.buffer);
};

export const floatsIn = (bytes: Uint8Array, dimension: number): Float32Array =>
  Float32Array.from(
    new Int16Array(bytes.buffer, bytes.byteOffset, dimension),
    (number) => number / FULL,
  );

/** The cosine of a stored vector with the one asked for: both are of length 1. */
export const cosineWith = (asked: Float32Array, bytes: Uint8Array): number => {
  const numbers = new Int16Array(bytes.buffer, bytes.byteOffset, asked.length);
  let sum = 0;
  for (let i = 0; i < asked.length; i++) sum += (asked[i] ?? 0) * (numbers[i] ?? 0);
  return Math.max(-1, Math.min(1, sum / FULL));
};
