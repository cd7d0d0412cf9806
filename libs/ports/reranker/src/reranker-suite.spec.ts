import { describe, expect, it } from '@jest/globals';

import { rerankerBestFirst, rerankerShrugging } from '#libs/testing';

import { memoryRerankerHarness } from './memory-reranker.contract.js';
import { rerankerBehaviours, rerankerContract } from './reranker.contract.js';
import type { Reranker } from './reranker.port.js';

rerankerContract('memory', async () => memoryRerankerHarness());

const rejectedBy = async (sabotage: (inner: Reranker) => Reranker): Promise<string[]> => {
  const rejected: string[] = [];
  for (const [title, behaviour] of Object.entries(rerankerBehaviours)) {
    const honest = memoryRerankerHarness();
    const harness = { ...honest, reranker: sabotage(honest.reranker) };
    await behaviour(harness).catch(() => rejected.push(title));
  }
  return rejected;
};

describe('the suite of the reranker', () => {
  it('rejects scores in another order than the texts', async () => {
    expect(await rejectedBy(rerankerBestFirst)).toEqual([
      'scores each text, in order, higher where it answers better',
      'takes a hundred texts, and odd ones',
    ]);
  });

  it('rejects scores that were never given', async () => {
    expect(await rejectedBy(rerankerShrugging)).toEqual([
      'says that it is away, for any reason, and no word of a text',
      'is away where it is not done when the signal says to stop',
    ]);
  });
});
