import { asFault, fault, type Clock, type Fault } from '#libs/kernel';
import type { Embedder } from '#libs/ports/embedder';

import { PROBE, type GenerationMeaning } from './generation-meaning.js';

/** Which model answers now: asked seldom, since it seldom changes. */
export interface EmbedderModel {
  /** `undefined`: texts are not embedded here. Throws what the embedder throws; soon afterwards the same again. */
  now(): Promise<GenerationMeaning | undefined>;
  /** What an embedder's fault says: it is away, or another model may answer now. */
  failed(thrown: unknown): void;
}

export interface EmbedderModelParts {
  readonly embedder: Embedder | undefined;
  readonly clock: Clock;
}

/** So long may another model go unnoticed that answers behind the same name. */
const KNOWN_MS = 60_000;
/** So long an embedder that failed is left alone. */
const ALONE_MS = 2_000;

export const createEmbedderModel = ({ embedder, clock }: EmbedderModelParts): EmbedderModel => {
  let known: { readonly meaning: GenerationMeaning; readonly at: number } | undefined;
  let trouble: { readonly fault: Fault; readonly at: number } | undefined;
  let asking: Promise<GenerationMeaning> | undefined;
  const since = (at: number): number => Math.abs(clock.now() - at);

  const failed = (thrown: unknown): void => {
    const one = asFault(thrown);
    if (one.code === 'EMBEDDER_MODEL_CHANGED') known = undefined;
    else trouble = { fault: one, at: clock.now() };
  };

  const ask = async (one: Embedder): Promise<GenerationMeaning> => {
    try {
      const { model, dimension } = await one.describe();
      const [probe] = await one.embed([PROBE], 'passage');
      if (!probe) throw fault('EMBEDDER_UNAVAILABLE');
      trouble = undefined;
      known = { meaning: { model, dimension, probe }, at: clock.now() };
      return known.meaning;
    } catch (thrown) {
      failed(thrown);
      throw thrown;
    } finally {
      asking = undefined;
    }
  };

  return {
    failed,
    async now() {
      if (!embedder) return undefined;
      if (trouble && since(trouble.at) < ALONE_MS) throw trouble.fault;
      if (known && since(known.at) < KNOWN_MS) return known.meaning;
      return (asking ??= ask(embedder));
    },
  };
};
