import { fault } from '#libs/kernel';
import { ScriptedChatModel, type ChatStep } from '#libs/testing';

import type { ChatModelHarness, ChatModelTrouble } from './chat-model.contract.js';

export const scriptedModelHarness = (): ChatModelHarness => {
  const answers: ChatStep[][] = [];
  const model = new ScriptedChatModel({ script: () => answers.shift() ?? [] });
  const faults = {
    away: fault('CHAT_MODEL_UNAVAILABLE'),
    busy: fault('CHAT_MODEL_BUSY', { retryAfterMs: 7_000 }),
    key: fault('CHAT_MODEL_REFUSED'),
    retired: fault('CHAT_MODEL_REFUSED'),
  };
  return {
    model,
    say: (...steps) => void answers.push(...steps),
    trouble: (what: ChatModelTrouble | undefined) => (model.trouble = what && faults[what]),
    asked: () => model.requests,
    ended: () => model.ended,
    dispose: () => Promise.resolve(),
  };
};
