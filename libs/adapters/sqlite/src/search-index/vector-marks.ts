/**
 * What is known of a vector without reading it. `head`: whose it is and what it is filtered by. `code`: its direction,
 * roughly, as the sign of each number. Both have one length always, so that a row of them is changed in its place.
 */
export interface MarkedPassage {
  /** 0: the slot is free. */
  readonly number: number;
  /** Kind and audience; see facets.ts. */
  readonly facet: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

const HEAD_BYTES = 32;
export const freeHead = new Uint8Array(HEAD_BYTES);

export const headOf = ({ number, facet, from, to }: MarkedPassage): Uint8Array =>
  new Uint8Array(Float64Array.of(number, facet, from ?? -Infinity, to ?? Infinity).buffer);

/** Number, facet, beginning and end. */
export const readHead = (head: Uint8Array): Float64Array =>
  new Float64Array(head.buffer, head.byteOffset, HEAD_BYTES / 8);

export const codeLength = (dimension: number): number => Math.ceil(dimension / 8);

export const codeOf = (vector: Float32Array): Uint8Array => {
  const code = new Uint8Array(codeLength(vector.length));
  for (let i = 0; i < vector.length; i++)
    if ((vector[i] ?? 0) > 0) code[i >> 3] = (code[i >> 3] ?? 0) | (1 << (i & 7));
  return code;
};

const VALUES_OF_BYTE = 256;

/**
 * How near a code is to a vector, but for a factor: what each byte of a code adds, for each value that it may have. The
 * vector asked for keeps all its numbers, which finds far more of the nearest than to compare signs with signs.
 */
export const codeWeights = (asked: Float32Array): Float32Array => {
  const weights = new Float32Array(codeLength(asked.length) * VALUES_OF_BYTE);
  for (let byte = 0; byte < codeLength(asked.length); byte++)
    for (let value = 0; value < VALUES_OF_BYTE; value++) {
      let sum = 0;
      for (let bit = 0; bit < 8; bit++) {
        const number = asked[byte * 8 + bit] ?? 0;
        sum += (value >> bit) & 1 ? number : -number;
      }
      weights[byte * VALUES_OF_BYTE + value] = sum;
    }
  return weights;
};
