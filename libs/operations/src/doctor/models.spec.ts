import { expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';

import { examineModels } from './models.js';

const found = async (thrown: unknown) => {
  const reach = async () => {
    throw thrown;
  };
  const well = { name: 'embedding model', reach: () => Promise.resolve() };
  return (await examineModels({ models: [well, { name: 'language model', reach }] })).map(
    ({ code, about, says }) => [code, about, says],
  );
};

it('finds a model that is away', async () => {
  expect(await found(fault('CHAT_MODEL_UNAVAILABLE', { details: { host: 'h' } }))).toEqual([
    ['MODEL_AWAY', 'language model', 'The language model does not answer.'],
  ]);
});

it('names a model that was shut down, and what to use instead', async () => {
  const details = { host: 'h', model: 'old', reason: 'retired', instead: 'new' };
  expect(await found(fault('CHAT_MODEL_REFUSED', { details }))).toEqual([
    [
      'MODEL_REFUSED',
      'language model',
      'The language model refuses what it is asked. The model is old. It was shut down. Use new instead.',
    ],
  ]);
});

it('says that a key is wrong', async () => {
  const [[, , says] = []] = await found(
    fault('EMBEDDER_REFUSED', { details: { reason: 'http_401' } }),
  );
  expect(says).toBe('The embedding model refuses what it is asked. Its key is wrong.');
});

it('takes a reason that it does not know for what it is', async () => {
  const [[code, , says] = []] = await found(
    fault('EMBEDDER_REFUSED', { details: { reason: 'x' } }),
  );
  expect([code, says]).toEqual(['MODEL_REFUSED', 'The embedding model refuses what it is asked.']);
});
