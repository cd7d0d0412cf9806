import { asFault, fault, type Code } from '#libs/kernel';
import type { Embedder } from '#libs/ports/embedder';

import type { EmbedderModel } from '../../generations/embedder-model.js';
import { isSameMeaning, type GenerationMeaning } from '../../generations/generation-meaning.js';

/** What a question means, or why nobody knows in time. */
export type QuestionMeaning =
  | { readonly vector: Float32Array; readonly code?: undefined }
  | { readonly vector?: undefined; readonly code: Code };

/** `undefined`: the index has no vectors, or nobody here makes any. */
export type AskMeaning = (
  text: string,
  indexed: GenerationMeaning | undefined,
) => Promise<QuestionMeaning | undefined>;

export interface AskMeaningParts {
  readonly embedder: Embedder | undefined;
  readonly model: EmbedderModel;
}

/** A question waits no longer for its vector: then its words must do. */
export const MEANING_MS = 600;

/** Embeds a question by the model that made the vectors of the index, within a time that nobody notices. */
export const askMeaning =
  ({ embedder, model }: AskMeaningParts, withinMs = MEANING_MS): AskMeaning =>
  async (text, indexed) => {
    if (!embedder || !indexed) return undefined;
    const signal = AbortSignal.timeout(withinMs);
    try {
      return await Promise.race([
        vectorOf({ embedder, model }, text, indexed, signal),
        tooLate(signal),
      ]);
    } catch (thrown) {
      const away = signal.aborted ? fault('EMBEDDER_UNAVAILABLE') : asFault(thrown);
      model.failed(away);
      return { code: away.code };
    }
  };

const vectorOf = async (
  { embedder, model }: { readonly embedder: Embedder; readonly model: EmbedderModel },
  text: string,
  indexed: GenerationMeaning,
  signal: AbortSignal,
): Promise<QuestionMeaning> => {
  if (!isSameMeaning(await model.now(), indexed)) return { code: 'EMBEDDER_MODEL_CHANGED' };
  const [vector] = await embedder.embed([text], 'question', signal);
  return vector ? { vector } : { code: 'EMBEDDER_UNAVAILABLE' };
};

const tooLate = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(fault('EMBEDDER_UNAVAILABLE')), { once: true });
  });
