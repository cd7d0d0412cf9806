/**
 * What is known of a vector without reading it. `head`: whose it is and what it is filtered by. `code`: on which side
 * of the centre of all it lies, for each number. Both have one length always, so that a row is changed in its place.
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

/** Of the signs; before them stand how far they reach, and what the centre adds. */
export const signsLength = (dimension: number): number => Math.ceil(dimension / 8);
const BEFORE_SIGNS = 8;
export const codeLength = (dimension: number): number => BEFORE_SIGNS + signsLength(dimension);

export const codeOf = (vector: Float32Array, centre: Float32Array): Uint8Array => {
  const code = new Uint8Array(codeLength(vector.length));
  let [sum, squares, offset] = [0, 0, 0];
  for (let i = 0; i < vector.length; i++) {
    const apart = (vector[i] ?? 0) - (centre[i] ?? 0);
    sum += Math.abs(apart);
    squares += apart * apart;
    offset += apart * (centre[i] ?? 0);
    const at = BEFORE_SIGNS + (i >> 3);
    if (apart > 0) code[at] = (code[at] ?? 0) | (1 << (i & 7));
  }
  new Float32Array(code.buffer, 0, 2).set([sum > 0 ? squares / sum : 0, offset]);
  return code;
};

export interface ReadCode {
  readonly reach: number;
  readonly offset: number;
  readonly signs: Uint8Array;
}

export const readCode = (code: Uint8Array): ReadCode => {
  const [reach = 0, offset = 0] = new Float32Array(code.buffer, code.byteOffset, 2);
  return { reach, offset, signs: code.subarray(BEFORE_SIGNS) };
};

const VALUES_OF_BYTE = 256;

/**
 * What each byte of signs adds, for each value that it may have. The vector asked for keeps all its numbers: that finds
 * far more of the nearest than to compare signs with signs.
 */
export const signWeights = (asked: Float32Array, centre: Float32Array): Float32Array => {
  const weights = new Float32Array(signsLength(asked.length) * VALUES_OF_BYTE);
  for (let place = 0; place < weights.length; place++) {
    const first = (place >> 8) * 8;
    let sum = 0;
    for (let bit = 0; bit < 8; bit++) {
      const apart = (asked[first + bit] ?? 0) - (centre[first + bit] ?? 0);
      sum += (place >> bit) & 1 ? apart : -apart;
    }
    weights[place] = sum;
  }
  return weights;
};
