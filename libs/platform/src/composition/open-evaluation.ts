import { digest } from '#libs/adapters/node-crypto';
import { systemClock } from '#libs/kernel';
import { createAnalyser, evaluateCollection, type EvaluateCollection } from '#libs/knowledge';

import type { Settings } from '../settings/read-settings.js';
import { openChosenEmbedder } from './open-embedder.js';
import { openChosenReranker } from './open-reranker.js';
import { openScratchIndex } from './open-scratch-index.js';
import { Opened } from './opened.js';

/** Nothing is hidden from who measures a collection of their own. */
const NO_KEY = new Uint8Array(32);

/** With an index of its own, which goes when it is closed. No live data is read or written. */
export const openEvaluation = async (
  settings: Settings,
): Promise<{
  readonly evaluate: EvaluateCollection;
  readonly close: () => Promise<void>;
}> => {
  const opened = new Opened();
  try {
    const index = await openScratchIndex({ opened, settings });
    const embedder = await openChosenEmbedder({ opened, settings });
    const reranker = await openChosenReranker({ opened, settings });
    const analyser = createAnalyser({ key: NO_KEY });
    const evaluate = evaluateCollection({
      index,
      ...(embedder && { embedder }),
      ...(reranker && { reranker }),
      analyser,
      cutting: { detectLanguage: (text) => analyser.languageOf(text), digest },
      clock: systemClock,
    });
    return { evaluate, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
};
