import { digest } from '#libs/adapters/node-crypto';
import { systemClock } from '#libs/kernel';
import { createAnalyser, evaluateCollection, type EvaluateCollection } from '#libs/knowledge';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Settings } from '../settings/read-settings.js';
import { openChosenEmbedder } from './open-embedder.js';
import { Opened } from './opened.js';

/** Nothing is hidden from who measures a collection of their own. */
const NO_KEY = new Uint8Array(32);

/** A search index in a folder of its own, which goes when it is closed. No live data is read or written. */
export const openEvaluation = async (
  settings: Settings,
): Promise<{
  readonly evaluate: EvaluateCollection;
  readonly close: () => Promise<void>;
}> => {
  const opened = new Opened();
  try {
    const folder = opened.add(await mkdtemp(join(tmpdir(), 'innkeeper-eval-')), (path) =>
      rm(path, { recursive: true, force: true }),
    );
    const { sqliteSearchIndex } = await import('#libs/adapters/sqlite');
    const index = opened.add(await sqliteSearchIndex({ path: join(folder, 'index.db') }), (it) =>
      it.close(),
    );
    const embedder = await openChosenEmbedder({ opened, settings });
    const analyser = createAnalyser({ key: NO_KEY });
    const evaluate = evaluateCollection({
      index,
      ...(embedder && { embedder }),
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
