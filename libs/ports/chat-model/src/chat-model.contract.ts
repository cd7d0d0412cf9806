import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { asFault, fault, type Fault } from '#libs/kernel';
import type { ChatStep } from '#libs/testing';

import type { ChatModel, ChatPiece, ChatRequest } from './chat-model.port.js';

export type ChatModelTrouble = 'away' | 'busy' | 'key' | 'retired';

export interface ChatModelHarness {
  readonly model: ChatModel;
  /** What it says to each next request. */
  say(...answers: ChatStep[][]): void;
  /** What goes wrong with every request from now on. */
  trouble(what: ChatModelTrouble | undefined): void;
  /** What arrived at the other side. */
  asked(): readonly ChatRequest[];
  /** How many requests have ended there, for any reason. */
  ended(): number;
  dispose(): Promise<void>;
}

export type ChatModelBehaviour = (harness: ChatModelHarness) => Promise<void>;

const SECRET = 'Maya Chen wants a crib';
const asking = (more: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [
    { role: 'system', text: 'Answer in one sentence.' },
    { role: 'user', text: SECRET },
  ],
  tools: [],
  maxTokens: 500,
  ...more,
});
const tools = [
  {
    name: 'find_calls',
    description: 'Finds calls.',
    parameters: { type: 'object', properties: { about: { type: 'string' } }, required: ['about'] },
  },
];

const never = (): AbortSignal => new AbortController().signal;

const read = async (model: ChatModel, request = asking(), signal = never()) => {
  const pieces: ChatPiece[] = [];
  for await (const piece of model.complete(request, signal)) pieces.push(piece);
  return pieces;
};
const textIn = (pieces: readonly ChatPiece[]): string =>
  pieces.map((piece) => (piece.sort === 'text' ? piece.text : '')).join('');
const endOf = (pieces: readonly ChatPiece[]) => {
  const end = pieces.at(-1);
  if (end?.sort !== 'end') throw new Error('it has no end');
  return end;
};
const failureOf = async (asked: Promise<unknown>): Promise<Fault> => {
  const failure = await asked.then(() => undefined, asFault);
  if (!failure) throw new Error('it answered');
  return failure;
};

const saysItsText: ChatModelBehaviour = async ({ model, say }) => {
  expect(model.model).toMatch(/./);
  const usage = { inputTokens: 100, cachedTokens: 60, outputTokens: 5 };
  say(['Check-in', ' is from 3 pm', ' – ü 🛎', { end: 'done', usage }]);
  const pieces = await read(model);
  expect(textIn(pieces)).toBe('Check-in is from 3 pm – ü 🛎');
  expect(endOf(pieces)).toEqual({ sort: 'end', reason: 'done', usage });
  expect(pieces.filter(({ sort }) => sort === 'end')).toHaveLength(1);
};

const saysItAsItComes: ChatModelBehaviour = async ({ model, say }) => {
  say(['first ', { then: 'falls_silent' }]);
  const stop = new AbortController();
  const pieces = model.complete(asking(), stop.signal)[Symbol.asyncIterator]();
  expect((await pieces.next()).value).toEqual({
    sort: 'text',
    text: expect.stringMatching(/^first/),
  });
  stop.abort(new Error('enough'));
  await pieces.next().catch(() => undefined);
};

const asksForTools: ChatModelBehaviour = async ({ model, say, asked }) => {
  const call = { id: 'call_1', tool: 'find_calls', args: '{"about":"crib"}' };
  say(
    [
      'Let me look. ',
      { tool: 'find_calls', args: { about: 'crib' } },
      { tool: 'find_calls', args: '{not JSON' },
    ],
    ['One call.'],
  );
  const pieces = await read(model, asking({ tools }));
  expect(pieces.flatMap((piece) => (piece.sort === 'call' ? [piece.call] : []))).toEqual([
    call,
    { id: 'call_2', tool: 'find_calls', args: '{not JSON' },
  ]);
  const order = pieces.map(({ sort }) => sort).filter((sort, i, all) => sort !== all[i - 1]);
  expect(order).toEqual(['text', 'call', 'end']);
  expect(endOf(pieces).reason).toBe('calls');
  const answered = asking({
    tools,
    messages: [
      ...asking().messages,
      { role: 'assistant', text: 'Let me look. ', calls: [call] },
      { role: 'tool', call: 'call_1', text: '[]' },
    ],
  });
  expect(endOf(await read(model, answered)).reason).toBe('done');
  expect(asked()).toEqual([asking({ tools }), answered]);
};

const endsForAReason: ChatModelBehaviour = async ({ model, say }) => {
  for (const reason of ['cut', 'withheld', 'done'] as const) {
    say(['And then', { end: reason }]);
    const pieces = await read(model);
    expect([textIn(pieces), endOf(pieces).reason]).toEqual(['And then', reason]);
  }
};

const countsItsTokens: ChatModelBehaviour = async ({ model, say }) => {
  say(['Four words of text.']);
  const { usage } = endOf(await read(model));
  expect(usage.inputTokens).toBeGreaterThan(0);
  expect(usage.outputTokens).toBeGreaterThan(0);
  expect(usage.cachedTokens).toBe(0);
};

const stopsWhenTold: ChatModelBehaviour = async ({ model, say, asked, ended }) => {
  const reason = new Error('enough');
  await expect(read(model, asking(), AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(asked()).toHaveLength(0);
  say(['first', { then: 'falls_silent' }]);
  const stop = new AbortController();
  const pieces = model.complete(asking(), stop.signal)[Symbol.asyncIterator]();
  await pieces.next();
  stop.abort(reason);
  await expect(pieces.next()).rejects.toBe(reason);
  while (ended() < 1) await new Promise((resolve) => setImmediate(resolve));
};

const endsWhenNobodyReads: ChatModelBehaviour = async ({ model, say, ended }) => {
  say(['first', { then: 'falls_silent' }]);
  for await (const piece of model.complete(asking(), never())) {
    expect(piece.sort).toBe('text');
    break;
  }
  while (ended() < 1) await new Promise((resolve) => setImmediate(resolve));
};

const failsWhenCutOff: ChatModelBehaviour = async ({ model, say, asked }) => {
  for (const last of [
    { then: 'breaks_off' },
    { fails: fault('CHAT_MODEL_UNAVAILABLE') },
  ] satisfies ChatStep[]) {
    say(['It is from', last]);
    const heard: ChatPiece[] = [];
    const failure = await failureOf(
      (async () => {
        for await (const piece of model.complete(asking(), never())) heard.push(piece);
      })(),
    );
    expect([textIn(heard), failure.code]).toEqual(['It is from', 'CHAT_MODEL_UNAVAILABLE']);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('Maya');
  }
  expect(asked()).toHaveLength(2);
};

const saysWhatIsWrong: ChatModelBehaviour = async ({ model, say, trouble }) => {
  for (const [what, code] of [
    ['away', 'CHAT_MODEL_UNAVAILABLE'],
    ['busy', 'CHAT_MODEL_BUSY'],
    ['key', 'CHAT_MODEL_REFUSED'],
    ['retired', 'CHAT_MODEL_REFUSED'],
  ] as const) {
    trouble(what);
    const failure = await failureOf(read(model));
    expect([what, failure.code]).toEqual([what, code]);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('Maya');
    if (what === 'busy') expect(failure.retryAfterMs).toBe(7_000);
  }
  trouble(undefined);
  say(['Well again.']);
  expect(textIn(await read(model))).toBe('Well again.');
};

const saysWhetherItCouldAnswer: ChatModelBehaviour = async ({ model, trouble, asked }) => {
  await model.reach();
  for (const [what, code] of [
    ['away', 'CHAT_MODEL_UNAVAILABLE'],
    ['key', 'CHAT_MODEL_REFUSED'],
    ['retired', 'CHAT_MODEL_REFUSED'],
  ] as const) {
    trouble(what);
    expect((await failureOf(model.reach())).code).toBe(code);
  }
  trouble(undefined);
  await model.reach();
  expect(asked()).toEqual([]);
};

export const chatModelBehaviours: Readonly<Record<string, ChatModelBehaviour>> = {
  'says its text, ends once, and tells what it used': saysItsText,
  'says its text as it comes': saysItAsItComes,
  'gives whole calls after its text, and takes what came of them': asksForTools,
  'says why it ended': endsForAReason,
  'counts tokens where nobody told it': countsItsTokens,
  'stops with the reason of the signal, and on the wire': stopsWhenTold,
  'ends on the wire when nobody reads on': endsWhenNobodyReads,
  'fails when it is cut off, and is not asked again': failsWhenCutOff,
  'says what is wrong, and no word of the conversation': saysWhatIsWrong,
  'says whether it could answer, without a question': saysWhetherItCouldAnswer,
};

export const chatModelContract = (adapter: string, make: () => Promise<ChatModelHarness>): void => {
  describe(`chat model on ${adapter}`, () => {
    it.each(Object.entries(chatModelBehaviours))('%s', async (_title, behaviour) => {
      const harness = await make();
      try {
        await behaviour(harness);
      } finally {
        await harness.dispose();
      }
    });
  });
};
