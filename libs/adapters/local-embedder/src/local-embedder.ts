import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { fault, type Fault } from '#libs/kernel';
import type { EmbeddedSort, Embedder, EmbeddingModel } from '#libs/ports/embedder';

import { isModelName, modelsFolder, readManifest, type ModelManifest } from './model-files.js';
import type { ModelThreadCall, ModelThreadReply, ModelThreadStart } from './model-thread.js';

export interface LocalEmbedderOptions {
  readonly dataDir: string;
  readonly model: string;
  readonly queryPrefix?: string;
  readonly passagePrefix?: string;
  /** Where the package is, when it is not beside ours. */
  readonly library?: string;
}

export interface LocalEmbedder extends Embedder {
  close(): Promise<void>;
}

const LIBRARY = '@huggingface/transformers';

/** Few at once: a question waits for the batch that is under way. */
const TEXTS_AT_ONCE = 8;

const DTYPES: Readonly<Record<string, string>> = {
  'onnx/model_quantized.onnx': 'q8',
  'onnx/model_int8.onnx': 'int8',
  'onnx/model.onnx': 'fp32',
};

const isSource = import.meta.url.endsWith('.ts');

interface WaitingCall {
  readonly texts: readonly string[];
  readonly signal: AbortSignal | undefined;
  readonly resolve: (reply: ModelThreadReply) => void;
  readonly reject: (error: unknown) => void;
}

/** A model in the data directory, in a thread of this process. Loaded when it is first asked. */
export const localEmbedder = (options: LocalEmbedderOptions): LocalEmbedder =>
  new ThreadedEmbedder(options);

class ThreadedEmbedder implements LocalEmbedder {
  readonly #options: LocalEmbedderOptions;
  readonly #waiting: WaitingCall[] = [];
  #thread: Worker | undefined;
  #working: WaitingCall | undefined;
  #dimension: number | undefined;
  #manifest: ModelManifest | undefined;

  constructor(options: LocalEmbedderOptions) {
    this.#options = options;
  }

  async describe(): Promise<EmbeddingModel> {
    if (this.#dimension === undefined) await this.embed(['.'], 'question');
    return { model: this.#name(), dimension: this.#dimension ?? 0 };
  }

  async embed(
    texts: readonly string[],
    as: EmbeddedSort,
    signal?: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    signal?.throwIfAborted();
    const { queryPrefix = '', passagePrefix = '' } = this.#options;
    const prefix = as === 'question' ? queryPrefix : passagePrefix;
    const vectors: Float32Array[] = [];
    for (let i = 0; i < texts.length; i += TEXTS_AT_ONCE) {
      const batch = texts.slice(i, i + TEXTS_AT_ONCE).map((text) => prefix + sendable(text));
      vectors.push(...this.#read(await this.#ask(batch, as, signal), batch));
    }
    return vectors;
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #ask(
    texts: readonly string[],
    as: EmbeddedSort,
    signal: AbortSignal | undefined,
  ): Promise<ModelThreadReply> {
    return new Promise((resolve, reject) => {
      const call = { texts, signal, resolve, reject };
      if (as === 'question') this.#waiting.unshift(call);
      else this.#waiting.push(call);
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      this.#next();
    });
  }

  #next(): void {
    if (this.#working) return;
    let call = this.#waiting.shift();
    while (call?.signal?.aborted) call = this.#waiting.shift();
    if (!call) return;
    try {
      this.#thread ??= this.#start();
    } catch (error) {
      call.reject(error);
      return this.#next();
    }
    this.#working = call;
    this.#thread.postMessage({ texts: call.texts } satisfies ModelThreadCall);
  }

  #start(): Worker {
    const { dataDir, model, library = LIBRARY } = this.#options;
    this.#manifest = manifestOf(this.#options);
    const graph = this.#manifest.files.find(({ path }) => path in DTYPES);
    const thread = new Worker(
      new URL(isSource ? './model-thread.ts' : './model-thread.js', import.meta.url),
      {
        name: 'embedder',
        workerData: {
          library,
          modelsFolder: modelsFolder(dataDir),
          name: model,
          dtype: DTYPES[graph?.path ?? ''] ?? 'fp32',
        } satisfies ModelThreadStart,
      },
    );
    // Nobody waits for it at the end of the process.
    thread.unref();
    thread.on('message', (reply: ModelThreadReply) => this.#settle((call) => call.resolve(reply)));
    const lost = (): void => {
      // Of one that was given up, somebody else may be working already.
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#settle((call) => call.reject(fault('EMBEDDER_UNAVAILABLE')));
    };
    thread.on('error', lost);
    thread.on('exit', lost);
    return thread;
  }

  #settle(how: (call: WaitingCall) => void): void {
    const call = this.#working;
    this.#working = undefined;
    if (call) how(call);
    this.#next();
  }

  #read(reply: ModelThreadReply, texts: readonly string[]): readonly Float32Array[] {
    if ('failed' in reply) throw this.#failure(reply.failed);
    const { vectors, dimension } = reply;
    if (vectors.length !== dimension * texts.length) throw noNumbers();
    this.#dimension ??= dimension;
    return texts.map((text, i) =>
      ofLengthOne(vectors.slice(i * dimension, (i + 1) * dimension), text),
    );
  }

  /** What failed to load is loaded again for who asks next: it may be installed meanwhile. */
  #failure(failed: Extract<ModelThreadReply, { failed: string }>['failed']): Fault {
    if (failed === 'texts') return fault('EMBEDDER_REFUSED', { details: { reason: 'texts' } });
    void this.#thread?.terminate();
    this.#thread = undefined;
    return failed === 'library_missing'
      ? fault('EMBEDDER_PACKAGE_MISSING')
      : fault('EMBEDDER_REFUSED', { details: { reason: 'model' } });
  }

  /** Other files are another model under any name; so are other beginnings of passages. */
  #name(): string {
    const { model, passagePrefix = '' } = this.#options;
    const graph = this.#manifest?.files.find(({ path }) => path in DTYPES);
    const name = `${model}@${graph?.sha256.slice(0, 12) ?? ''}`;
    return passagePrefix === '' ? name : `${name} after ${JSON.stringify(passagePrefix)}`;
  }
}

const manifestOf = ({ dataDir, model }: LocalEmbedderOptions): ModelManifest => {
  if (!isModelName(model)) throw fault('EMBEDDER_MODEL_MISSING');
  return readManifest(join(modelsFolder(dataDir), model));
};

const sendable = (text: string): string => {
  const whole = text.toWellFormed().replaceAll('\0', ' ');
  return whole.trim() === '' ? '.' : whole;
};

const noNumbers = (): Fault => fault('EMBEDDER_REFUSED', { details: { reason: 'no_numbers' } });

/** A text without a token has no mean: it is as far from everything as can be. */
const ofLengthOne = (vector: Float32Array, text: string): Float32Array => {
  const length = Math.hypot(...vector);
  if (Number.isFinite(length) && length > 0) return vector.map((value) => value / length);
  if (/[\p{L}\p{N}]/u.test(text)) throw noNumbers();
  return vector.fill(1 / Math.sqrt(vector.length));
};
