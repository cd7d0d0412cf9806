import { MemoryReranker } from '#libs/testing';

import type { RerankerHarness } from './reranker.contract.js';

export const memoryRerankerHarness = (): RerankerHarness => {
  const reranker = new MemoryReranker();
  return {
    reranker,
    trouble: (what) => (reranker.trouble = what === 'falls_silent' ? 'silent' : what && 'away'),
    dispose: () => Promise.resolve(),
  };
};
