import { fault } from '#libs/kernel';
import { ManualClock, MemoryEmbedder } from '#libs/testing';
import { beforeEach, expect, test } from '@jest/globals';

import { createEmbedderModel, type EmbedderModel } from '../../generations/embedder-model.js';
import type { GenerationMeaning } from '../../generations/generation-meaning.js';
import { askMeaning } from './ask-meaning.js';

let embedder: MemoryEmbedder;
let clock: ManualClock;
let model: EmbedderModel;
let indexed: GenerationMeaning | undefined;

beforeEach(async () => {
  embedder = new MemoryEmbedder();
  clock = new ManualClock();
  model = createEmbedderModel({ embedder, clock });
  indexed = await model.now();
});

const ask = (text: string, withinMs?: number) =>
  askMeaning({ embedder, model }, withinMs)(text, indexed);

test('a question is embedded as one, and the model is asked for once', async () => {
  const asked = embedder.asked.length;
  expect((await ask('keys'))?.vector).toHaveLength(256);
  expect((await ask('doors'))?.vector).toHaveLength(256);
  expect(embedder.asked.slice(asked)).toEqual([
    { texts: ['keys'], as: 'question' },
    { texts: ['doors'], as: 'question' },
  ]);
});

test('nothing is asked where the index has no vectors', async () => {
  const asked = embedder.asked.length;
  expect(await askMeaning({ embedder, model })('keys', undefined)).toBeUndefined();
  expect(await askMeaning({ embedder: undefined, model })('keys', indexed)).toBeUndefined();
  expect(embedder.asked).toHaveLength(asked);
});

test('a slow embedder is waited for no longer than was allowed', async () => {
  embedder.embed = () => new Promise(() => undefined);
  expect(await ask('keys', 20)).toEqual({ code: 'EMBEDDER_UNAVAILABLE' });
});

test('one that failed just now is left alone, and asked again a little later', async () => {
  embedder.trouble = fault('EMBEDDER_UNAVAILABLE');
  expect(await ask('keys')).toEqual({ code: 'EMBEDDER_UNAVAILABLE' });
  embedder.trouble = undefined;
  const asked = embedder.asked.length;
  expect(await ask('keys')).toEqual({ code: 'EMBEDDER_UNAVAILABLE' });
  expect(embedder.asked).toHaveLength(asked);
  clock.pass(2_001);
  expect((await ask('keys'))?.vector).toHaveLength(256);
});

test('vectors of another model are never compared with those of the index', async () => {
  embedder.become({ model: 'other', dimension: 256 });
  expect(await ask('keys')).toEqual({ code: 'EMBEDDER_MODEL_CHANGED' });
  expect(await ask('keys')).toEqual({ code: 'EMBEDDER_MODEL_CHANGED' });
});
