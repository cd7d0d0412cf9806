import { fault } from '#libs/kernel';
import { MemoryEmbedder } from '#libs/testing';

import type { EmbedderHarness } from './embedder.contract.js';

const well = { model: 'memory', dimension: 256 };

export const memoryEmbedderHarness = (): EmbedderHarness => {
  const embedder = new MemoryEmbedder(well);
  return {
    embedder,
    beside: () => new MemoryEmbedder(well),
    trouble(what) {
      embedder.trouble = {
        away: fault('EMBEDDER_UNAVAILABLE'),
        busy: fault('EMBEDDER_UNAVAILABLE', { retryAfterMs: 1_000 }),
        refuses: fault('EMBEDDER_REFUSED'),
        other_model: undefined,
        other_dimension: undefined,
      }[what ?? 'other_model'];
      embedder.become({
        model: what === 'other_model' ? 'another' : well.model,
        dimension: what === 'other_dimension' ? 64 : well.dimension,
      });
    },
    dispose: () => Promise.resolve(),
  };
};
