import { fault, type Fault } from '#libs/kernel';
import type { EmbeddedSort, Embedder, EmbeddingModel } from '#libs/ports/embedder';

export interface MemoryEmbedderOptions {
  readonly model?: string;
  readonly dimension?: number;
  /** Words that mean the same, in lower case: `[['wifi', 'wlan']]`. */
  readonly synonyms?: readonly (readonly string[])[];
}

/** One call of `embed`, as it came. */
export interface EmbeddedTexts {
  readonly texts: readonly string[];
  readonly as: EmbeddedSort;
}

/** Each word in this many places of a vector: two words that share one place share few others. */
const PLACES = 8;

/** Texts are near as far as they share words. No model, so the same on every machine. */
export class MemoryEmbedder implements Embedder {
  readonly asked: EmbeddedTexts[] = [];
  /** What is thrown instead of an answer, until it is taken back. */
  trouble: Fault | undefined;
  readonly #synonyms: ReadonlyMap<string, string>;
  #answering: EmbeddingModel;
  #known: EmbeddingModel | undefined;
  #isChanged = false;

  constructor({ model = 'memory', dimension = 256, synonyms = [] }: MemoryEmbedderOptions = {}) {
    this.#answering = { model, dimension };
    this.#synonyms = new Map(
      synonyms.flatMap(([first = '', ...others]) => others.map((other) => [other, first] as const)),
    );
  }

  /** Another model stands behind the same address from now on. */
  become(model: EmbeddingModel): void {
    this.#answering = model;
  }

  async describe(): Promise<EmbeddingModel> {
    if (this.trouble) throw this.trouble;
    if (this.#isChanged) this.#known = undefined;
    this.#isChanged = false;
    return (this.#known ??= this.#answering);
  }

  async embed(
    texts: readonly string[],
    as: EmbeddedSort,
    signal?: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    signal?.throwIfAborted();
    if (texts.length === 0) return [];
    this.asked.push({ texts: [...texts], as });
    if (this.trouble) throw this.trouble;
    const { model, dimension } = (this.#known ??= this.#answering);
    this.#isChanged ||= this.#answering.model !== model || this.#answering.dimension !== dimension;
    if (this.#isChanged) throw fault('EMBEDDER_MODEL_CHANGED');
    return texts.map((text) => vectorOf(wordsOf(text, this.#synonyms), dimension));
  }
}

const wordsOf = (text: string, synonyms: ReadonlyMap<string, string>): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => synonyms.get(word) ?? word);

/** The sum of what each word stands for, as often as it stands there, of length 1. */
const vectorOf = (words: readonly string[], dimension: number): Float32Array => {
  const vector = new Float32Array(dimension);
  for (const word of words.length > 0 ? words : [''])
    for (let place = 0; place < PLACES; place++) {
      const mixed = mix(word, place);
      const at = mixed % dimension;
      vector[at] = (vector[at] ?? 0) + (mixed & 0x8000_0000 ? -1 : 1);
    }
  const length = Math.hypot(...vector);
  // Two words may cancel each other out; they mean something all the same.
  if (length === 0) vector[0] = 1;
  return length === 0 ? vector : vector.map((value) => value / length);
};

/** FNV-1a with a last stirring: near words end in places that are not near. */
const mix = (word: string, place: number): number => {
  let hash = (2_166_136_261 ^ Math.imul(place + 1, 0x9e37_79b1)) >>> 0;
  for (const char of word) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85eb_ca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};
