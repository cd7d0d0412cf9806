import { Fault, fault, type Secret } from '#libs/kernel';
import type { Reranker } from '#libs/ports/reranker';

import { scoresIn } from './scores.js';

export interface HttpRerankerOptions {
  /** Leads to that server and nowhere else. */
  readonly fetch: typeof globalThis.fetch;
  /** Up to and with `/rerank`. */
  readonly url: string;
  /** Named, it is asked as Jina and Cohere are; else as text-embeddings-inference is, which has one model. */
  readonly model?: string;
  readonly apiKey?: Secret;
  /** An answer waits for it so long. */
  readonly patienceMs?: number;
  readonly elapsedMs?: () => number;
}

const PATIENCE_MS = 800;

/** text-embeddings-inference takes no more at once unless it is told to. */
const TEXTS_AT_ONCE = 32;

/** After so many failures in a row nobody waits for it, for a while. */
const FAILURES = 3;
const REST_MS = 30_000;

/** A server with `/rerank`, as text-embeddings-inference, Jina and Cohere have it. */
export const httpReranker = (options: HttpRerankerOptions): Reranker => {
  const { patienceMs = PATIENCE_MS, elapsedMs = () => performance.now() } = options;
  let failures = 0;
  let restsUntil = 0;

  return {
    async rerank(question, texts, signal) {
      if (texts.length === 0) return [];
      if (elapsedMs() < restsUntil) throw unavailable(options, 'resting');
      const either = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
      try {
        const asked = batchesFor(options, texts).map((batch) =>
          ask(options, { question, texts: batch, signal: either }),
        );
        const scores = (await Promise.all(asked)).flat();
        failures = 0;
        return scores;
      } catch (error) {
        // Who stops early says nothing about the server.
        if (!signal.aborted && ++failures >= FAILURES) restsUntil = elapsedMs() + REST_MS;
        if (error instanceof Fault && error.code === 'RERANKER_UNAVAILABLE') throw error;
        throw unavailable(options, either.aborted ? 'too_slow' : 'connection');
      }
    },
  };
};

const batchesFor = (
  { model }: HttpRerankerOptions,
  texts: readonly string[],
): readonly (readonly string[])[] => {
  if (model !== undefined) return [texts];
  const batches = Math.ceil(texts.length / TEXTS_AT_ONCE);
  return Array.from({ length: batches }, (_, i) =>
    texts.slice(i * TEXTS_AT_ONCE, (i + 1) * TEXTS_AT_ONCE),
  );
};

interface AskedScores {
  readonly question: string;
  readonly texts: readonly string[];
  readonly signal: AbortSignal;
}

const ask = async (
  options: HttpRerankerOptions,
  { question, texts, signal }: AskedScores,
): Promise<readonly number[]> => {
  const { fetch, url, model, apiKey } = options;
  const whole = texts.map((text) => text.toWellFormed() || ' ');
  const query = question.toWellFormed() || ' ';
  const body =
    model === undefined
      ? { query, texts: whole, truncate: true }
      : { model, query, documents: whole, top_n: whole.length };
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(apiKey && { authorization: `Bearer ${apiKey.reveal()}` }),
    },
    body: JSON.stringify(body),
    signal,
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw unavailable(options, `http_${answer.status}`);
  }
  const scores = scoresIn(await answer.text(), texts.length);
  if (!scores) throw unavailable(options, 'answer');
  return scores;
};

const unavailable = ({ url }: HttpRerankerOptions, reason: string): Fault =>
  fault('RERANKER_UNAVAILABLE', { details: { host: new URL(url).hostname, reason } });
