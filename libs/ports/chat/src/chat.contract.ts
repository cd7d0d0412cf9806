import { describe, it } from '@jest/globals';

import type { ChatBehaviour, MakeChat } from './chat-harness.contract.js';
import { readingBehaviours } from './chat-reading.contract.js';
import { writingBehaviours } from './chat-writing.contract.js';

export type {
  ChatBehaviour,
  ChatHarness,
  ChatTrouble,
  HarnessMessage,
  HarnessRoom,
  MakeChat,
  ShownMessage,
} from './chat-harness.contract.js';

/** By title; the README of this port names them. */
export const chatBehaviours: Readonly<Record<string, ChatBehaviour>> = {
  ...readingBehaviours,
  ...writingBehaviours,
};

export const chatContract = (adapter: string, make: MakeChat): void => {
  describe(`chat of ${adapter}`, () => {
    for (const [title, behaviour] of Object.entries(chatBehaviours))
      it(title, () => behaviour(make));
  });
};
