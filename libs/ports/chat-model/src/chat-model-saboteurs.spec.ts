import { describe, expect, it } from '@jest/globals';

import { modelAskingAgain, modelEndingQuietly, modelWaitingForAll } from '#libs/testing';

import { chatModelBehaviours } from './chat-model.contract.js';
import type { ChatModel } from './chat-model.port.js';
import { scriptedModelHarness } from './scripted-model.contract.js';

const rejectedBy = async (sabotage: (inner: ChatModel) => ChatModel): Promise<string[]> => {
  const rejected: string[] = [];
  for (const [title, behaviour] of Object.entries(chatModelBehaviours)) {
    const honest = scriptedModelHarness();
    await behaviour({ ...honest, model: sabotage(honest.model) }).catch(() => rejected.push(title));
  }
  return rejected;
};

describe('the suite of the chat model', () => {
  it('accepts an honest one', async () => {
    expect(await rejectedBy((inner) => inner)).toEqual([]);
  });

  it('rejects a model that takes a cut for an end', async () => {
    expect(await rejectedBy(modelEndingQuietly)).toEqual([
      'fails when it is cut off, and is not asked again',
    ]);
  });

  it('rejects a model that is asked again by itself', async () => {
    expect(await rejectedBy(modelAskingAgain)).toEqual([
      'fails when it is cut off, and is not asked again',
    ]);
  });

  it('rejects a model that waits for the whole answer', async () => {
    expect(await rejectedBy(modelWaitingForAll)).toEqual([
      'says its text as it comes',
      'stops with the reason of the signal, and on the wire',
      'ends on the wire when nobody reads on',
      'fails when it is cut off, and is not asked again',
    ]);
  });
});
