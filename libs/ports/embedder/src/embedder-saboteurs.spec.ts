import { describe, expect, it } from '@jest/globals';

import {
  embedderForgettingItsModel,
  embedderOfAnyLength,
  embedderSkippingBlanks,
} from '#libs/testing';

import { embedderBehaviours, embedderTroubles } from './embedder.contract.js';
import type { Embedder } from './embedder.port.js';
import { memoryEmbedderHarness } from './embedder-in-memory.contract.js';

const rejectedBy = async (sabotage: (inner: Embedder) => Embedder): Promise<string[]> => {
  const rejected: string[] = [];
  for (const [title, behaviour] of Object.entries({ ...embedderBehaviours, ...embedderTroubles })) {
    const honest = memoryEmbedderHarness();
    const harness = { ...honest, embedder: sabotage(honest.embedder) };
    await behaviour(harness).catch(() => rejected.push(title));
  }
  return rejected;
};

describe('the suite of the embedder', () => {
  it('accepts an honest one', async () => {
    expect(await rejectedBy((inner) => inner)).toEqual([]);
  });

  it('rejects vectors of any length', async () => {
    expect(await rejectedBy(embedderOfAnyLength)).toEqual([
      'says which model it is, and always the same',
      'answers one vector for each text, in order, beside any others',
      'takes any text, also without a letter',
      'takes a text that is longer than a model reads',
      'stops with the reason of the signal, and goes on after',
      'learns which model it is once it is back',
      'refuses vectors of another model until it is described again',
    ]);
  });

  it('rejects an embedder that leaves texts out', async () => {
    expect(await rejectedBy(embedderSkippingBlanks)).toEqual([
      'takes any text, also without a letter',
    ]);
  });

  it('rejects an embedder that takes whatever model answers', async () => {
    expect(await rejectedBy(embedderForgettingItsModel)).toEqual([
      'refuses vectors of another model until it is described again',
    ]);
  });
});
