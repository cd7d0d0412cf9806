import { setTimeout as delay } from 'node:timers/promises';

import { backoffDelay, fault, type Fault } from '#libs/kernel';
import type { EmbeddedSort, Embedder, EmbeddingModel } from '#libs/ports/embedder';
import type OpenAI from 'openai';

import { batchesOf, type BatchLimits } from './batches.js';
import { openaiClient, type OpenaiServer } from './client.js';
import { Lane } from './lane.js';
import { troubleOf, type RequestTrouble } from './trouble.js';
import { meaningless, ofLengthOne, vectorsIn, type AnsweredVectors } from './vectors.js';

export interface OpenaiEmbedderOptions extends OpenaiServer {
  /** As the server calls it. */
  readonly model: string;
  /** What the model wants before a question and before what may answer it. */
  readonly queryPrefix?: string;
  readonly passagePrefix?: string;
  readonly limits?: Partial<EmbedderLimits>;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly random?: () => number;
  readonly elapsedMs?: () => number;
}

export interface EmbedderLimits {
  readonly batch: BatchLimits;
  /** So many requests for passages at the same time; questions do not wait for them. */
  readonly requests: number;
  /** Tries of one request. Nobody waits long for a question: one less. */
  readonly attempts: number;
  /** A longer wait is thrown, with its length. */
  readonly patienceMs: number;
}

const LIMITS: EmbedderLimits = {
  // Thirty passages: a few seconds on two slow processors.
  batch: { texts: 256, chars: 32_000 },
  requests: 4,
  attempts: 4,
  patienceMs: 20_000,
};
const QUESTION_PATIENCE_MS = 1_000;
const BACKOFF = { first: 250, most: 4_000 };

/** Of a text that is too long so much is kept, again and again. */
const KEPT = 0.7;
const SHORTEST = 16;

/** What stands for a text that is empty: most servers refuse those. */
const NOTHING = '.';

/** Embeds by any server that speaks as OpenAI does. */
export const openaiEmbedder = (options: OpenaiEmbedderOptions): Embedder =>
  new OpenaiEmbedder(options);

interface Asked {
  readonly as: EmbeddedSort;
  readonly signal?: AbortSignal | undefined;
}

class OpenaiEmbedder implements Embedder {
  readonly #options: OpenaiEmbedderOptions;
  readonly #limits: EmbedderLimits;
  readonly #client: OpenAI;
  readonly #lanes: Readonly<Record<EmbeddedSort, Lane>>;
  #known: EmbeddingModel | undefined;
  #isChanged = false;
  #describing: Promise<EmbeddingModel> | undefined;
  /** What the server was seen not to take. */
  #speaksBase64 = true;
  #largestBatch = Infinity;
  #cuts = 0;

  constructor(options: OpenaiEmbedderOptions) {
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#client = openaiClient(options);
    const timing = {
      sleep: this.#sleep,
      elapsedMs: options.elapsedMs ?? (() => performance.now()),
    };
    this.#lanes = {
      question: new Lane({ width: 16, ...timing }),
      passage: new Lane({ width: this.#limits.requests, ...timing }),
    };
  }

  async describe(): Promise<EmbeddingModel> {
    if (this.#known && !this.#isChanged) return this.#known;
    this.#describing ??= this.#learn().finally(() => (this.#describing = undefined));
    return this.#describing;
  }

  async embed(
    texts: readonly string[],
    as: EmbeddedSort,
    signal?: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    signal?.throwIfAborted();
    // The first failure ends what is under way for the same call.
    const failed = new AbortController();
    const either = AbortSignal.any([failed.signal, ...(signal ? [signal] : [])]);
    const batches = batchesOf(texts.map(sendable), this.#limits.batch);
    const asked = batches.map((batch) => this.#embedBatch(batch, { as, signal: either }));
    try {
      return (await Promise.all(asked)).flat();
    } catch (error) {
      failed.abort(error);
      signal?.throwIfAborted();
      throw error;
    }
  }

  async #learn(): Promise<EmbeddingModel> {
    this.#known = undefined;
    this.#isChanged = false;
    await this.embed([NOTHING], 'passage');
    if (!this.#known) throw this.#refused('answer');
    return this.#known;
  }

  async #embedBatch(texts: readonly string[], asked: Asked): Promise<readonly Float32Array[]> {
    if (texts.length > this.#largestBatch) return this.#embedHalves(texts, asked);
    const answer = await this.#lanes[asked.as].run(() => this.#ask(texts, asked), asked.signal);
    if (answer !== 'too_much') return this.#judged(answer, texts);
    if (texts.length === 1) return this.#embedCut(texts[0] ?? '', asked);
    const cutsBefore = this.#cuts;
    const vectors = await this.#embedHalves(texts, asked);
    // It was their number, and no single text, that was too much.
    if (this.#cuts === cutsBefore)
      this.#largestBatch = Math.min(this.#largestBatch, Math.ceil(texts.length / 2));
    return vectors;
  }

  async #embedHalves(texts: readonly string[], asked: Asked): Promise<readonly Float32Array[]> {
    const half = Math.ceil(texts.length / 2);
    const first = await this.#embedBatch(texts.slice(0, half), asked);
    return [...first, ...(await this.#embedBatch(texts.slice(half), asked))];
  }

  #embedCut(text: string, asked: Asked): Promise<readonly Float32Array[]> {
    if (text.length <= SHORTEST) throw this.#refused('too_long');
    this.#cuts++;
    const kept = text.slice(0, Math.max(SHORTEST, Math.floor(text.length * KEPT)));
    return this.#embedBatch([kept.toWellFormed()], asked);
  }

  /** One request, as often as it may be repeated. */
  async #ask(texts: readonly string[], asked: Asked): Promise<AnsweredVectors | 'too_much'> {
    const lane = this.#lanes[asked.as];
    for (let attempt = 1; ; attempt++) {
      this.#throwIfClosed(asked);
      await lane.untilOpen(asked.signal);
      const base64 = this.#speaksBase64;
      const outcome = await this.#askOnce(texts, asked);
      if (!('sort' in outcome)) return outcome;
      if (outcome.sort === 'too_much') return 'too_much';
      if (outcome.sort !== 'refused') await this.#waitAfter(outcome, attempt, asked);
      else if (!base64 || !this.#turnsToFloats(outcome)) throw this.#refused(outcome.reason);
    }
  }

  async #askOnce(
    texts: readonly string[],
    { as, signal }: Asked,
  ): Promise<AnsweredVectors | RequestTrouble> {
    const { model, queryPrefix = '', passagePrefix = '' } = this.#options;
    const prefix = as === 'question' ? queryPrefix : passagePrefix;
    try {
      const answer = await this.#client.embeddings.create(
        {
          model,
          input: texts.map((text) => prefix + text),
          encoding_format: this.#speaksBase64 ? 'base64' : 'float',
        },
        { ...(signal && { signal }) },
      );
      return vectorsIn(answer, texts.length) ?? { sort: 'refused', reason: 'answer' };
    } catch (error) {
      signal?.throwIfAborted();
      return troubleOf(error, Date.now());
    }
  }

  /** Base64 is a quarter of the bytes. A server that does not know it may refuse the whole request, or answer oddly. */
  #turnsToFloats({ reason }: { readonly reason: string }): boolean {
    // Another request may have found out meanwhile; once base64 was answered, it is not the reason.
    if (this.#known !== undefined && this.#speaksBase64) return false;
    if (!/^(?:http_4(?!0[1-4])\d\d|answer)$/.test(reason)) return false;
    this.#speaksBase64 = false;
    return true;
  }

  async #waitAfter(
    trouble: Extract<RequestTrouble, { sort: 'busy' | 'passing' }>,
    attempt: number,
    asked: Asked,
  ): Promise<void> {
    const own = backoffDelay(BACKOFF, attempt, this.#options.random ?? Math.random);
    const told = trouble.sort === 'busy' ? trouble.retryAfterMs : undefined;
    const wait = Math.max(own, told ?? 0);
    // Who asks next is told the same, and sends nothing.
    if (trouble.sort === 'busy') for (const lane of Object.values(this.#lanes)) lane.close(wait);
    const attempts = this.#limits.attempts - (asked.as === 'question' ? 1 : 0);
    if (attempt >= attempts || wait > this.#patienceOf(asked))
      throw this.#unavailable(trouble.sort === 'busy' ? 'busy' : trouble.reason, told);
    if (trouble.sort === 'passing') await this.#sleep(wait, asked.signal);
  }

  #throwIfClosed(asked: Asked): void {
    const { closedForMs } = this.#lanes[asked.as];
    if (closedForMs > this.#patienceOf(asked)) throw this.#unavailable('busy', closedForMs);
  }

  #patienceOf({ as }: Asked): number {
    const { patienceMs } = this.#limits;
    return as === 'question' ? Math.min(QUESTION_PATIENCE_MS, patienceMs) : patienceMs;
  }

  #judged({ model, vectors }: AnsweredVectors, texts: readonly string[]): readonly Float32Array[] {
    const name = this.#nameOf(model);
    const [first] = vectors;
    const dimension = first?.length ?? 0;
    if (vectors.some(({ length }) => length !== dimension)) throw this.#refused('dimensions');
    this.#known ??= { model: name, dimension };
    this.#isChanged ||= this.#known.model !== name || this.#known.dimension !== dimension;
    if (this.#isChanged) throw fault('EMBEDDER_MODEL_CHANGED', { details: { dimension } });
    return vectors.map((vector, i) => {
      const whole = ofLengthOne(vector);
      if (whole) return whole;
      const isNothing =
        !/[\p{L}\p{N}]/u.test(texts[i] ?? '') && vector.every((value) => value === 0);
      if (isNothing) return meaningless(dimension);
      throw this.#refused('no_numbers');
    });
  }

  /** Passages of another beginning have other vectors: to who compares them, that is another model. */
  #nameOf(model: string | undefined): string {
    const { passagePrefix = '', model: asked } = this.#options;
    const name = model || asked;
    return passagePrefix === '' ? name : `${name} after ${JSON.stringify(passagePrefix)}`;
  }

  readonly #sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    const { sleep = sleepUnless } = this.#options;
    await sleep(ms, signal);
  };

  #refused(reason: string): Fault {
    return fault('EMBEDDER_REFUSED', { details: { host: hostOf(this.#options), reason } });
  }

  #unavailable(reason: string, retryAfterMs?: number): Fault {
    const details = { host: hostOf(this.#options), reason };
    return fault('EMBEDDER_UNAVAILABLE', {
      details,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
}

const hostOf = ({ url }: OpenaiServer): string => new URL(url).hostname;

/** Half a surrogate pair is no text to anybody else. */
const sendable = (text: string): string => {
  const whole = text.toWellFormed().replaceAll('\0', ' ');
  return whole.trim() === '' ? NOTHING : whole;
};

/** The timer's own error says only that it was aborted, not why. */
const sleepUnless = (ms: number, signal?: AbortSignal): Promise<void> =>
  delay(ms, undefined, { ...(signal && { signal }) }).catch(() => signal?.throwIfAborted());
