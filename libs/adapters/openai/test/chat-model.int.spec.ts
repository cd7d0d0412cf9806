import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { nodeFetch } from '#libs/adapters/outbound';
import { groqChatModel, openaiChatModel } from '#libs/adapters/openai';
import { asFault, Secret, type Fault } from '#libs/kernel';
import type { ChatModel, ChatPiece, ChatRequest } from '#libs/ports/chat-model';
import { describePeer, FakeChat, type ChatRefusal, type Toxiproxy } from '#libs/testing';
import { chatModelContract, type ChatModelTrouble } from '#suites/chat-model';

const limits = { connectMs: 2_000, headersMs: 5_000, idleMs: 5_000, wholeMs: 20_000 };
type Kind = 'groq' | 'openai';

const troubles: Record<ChatModelTrouble, ChatRefusal | 'hangs_up'> = {
  away: 'hangs_up',
  busy: { status: 429, headers: { 'retry-after': '7' }, code: 'rate_limit_exceeded' },
  key: { status: 401, code: 'invalid_api_key' },
  retired: { status: 404, code: 'model_not_found' },
};

const open = async (kind: Kind, url: string, model: string) => {
  const { fetch, close } = nodeFetch({ origin: url, limits });
  const apiKey = new Secret('key-of-ours');
  const made =
    kind === 'groq'
      ? await groqChatModel({ fetch, apiKey, model, url })
      : openaiChatModel({ fetch, apiKey, model, url });
  return { model: made, close };
};

for (const kind of ['groq', 'openai'] as const)
  chatModelContract(kind, async () => {
    const fake = await new FakeChat(kind).start();
    const { model, close } = await open(kind, fake.url, 'the-model');
    return {
      model,
      say: (...answers) => (fake.steps = answers),
      trouble(what) {
        fake.refuse = () => what && troubles[what];
        fake.models = what === 'retired' ? ['another'] : ['the-model'];
        if (what === 'retired')
          fake.refuse = (_body, path) => (path === '/models' ? undefined : troubles.retired);
      },
      asked: () => fake.arrived.map(({ request }) => request),
      ended: () => fake.ended,
      async dispose() {
        close();
        await fake.stop();
      },
    };
  });

const asking = (text = 'When is check-in?'): ChatRequest => ({
  messages: [{ role: 'user', text }],
  tools: [],
  maxTokens: 500,
});
const read = async (model: ChatModel, request = asking()) => {
  const pieces: ChatPiece[] = [];
  for await (const piece of model.complete(request, new AbortController().signal))
    pieces.push(piece);
  return pieces;
};
const textIn = (pieces: readonly ChatPiece[]) =>
  pieces.map((piece) => (piece.sort === 'text' ? piece.text : '')).join('');
const failureOf = async (asked: Promise<unknown>): Promise<Fault> => {
  const failure = await asked.then(() => undefined, asFault);
  if (!failure) throw new Error('it answered');
  return failure;
};

let fake: FakeChat;
const opened: { close(): void }[] = [];
const opening = async (kind: Kind, model = 'the-model', url = fake.url) => {
  const made = await open(kind, url, model);
  opened.push(made);
  return made.model;
};
beforeEach(async () => {
  fake = await new FakeChat('openai').start();
});
afterEach(async () => {
  for (const one of opened.splice(0)) one.close();
  await fake.stop();
});

describe('what a model is asked', () => {
  it.each([
    ['groq', 'openai/gpt-oss-120b', { reasoning_effort: 'low', include_reasoning: false }],
    ['groq', 'qwen/qwen3.6-27b', { reasoning_effort: 'none', reasoning_format: 'hidden' }],
    ['groq', 'some-other', {}],
  ] as const)('at %s with %s: thinks little, and to itself', async (kind, model, more) => {
    fake.steps = [['yes']];
    await read(await opening(kind, model));
    expect(fake.arrived[0]?.authorization).toBe('Bearer key-of-ours');
    expect(fake.arrived[0]?.body).toEqual({
      model,
      messages: [{ role: 'user', content: 'When is check-in?' }],
      stream: true,
      max_completion_tokens: 500,
      temperature: 0,
      ...more,
    });
  });

  it.each([
    ['gpt-oss:20b', { reasoning_effort: 'low', temperature: 0 }],
    ['gpt-5.2-mini', { reasoning_effort: 'low' }],
    ['qwen2.5:7b', { temperature: 0 }],
  ])('at a server of one’s own with %s', async (model, more) => {
    fake.steps = [['yes']];
    await read(await opening('openai', model));
    expect(fake.arrived[0]?.body).toEqual({
      model,
      messages: [{ role: 'user', content: 'When is check-in?' }],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 500,
      ...more,
    });
  });

  it('leaves out what a server does not know, and never sends it again', async () => {
    const refused = ['stream_options', 'temperature', 'reasoning_effort', 'max_tokens'];
    let refusals = 0;
    fake.refuse = (body) => {
      const named = refused.find((name) => name in body);
      if (named === undefined) return undefined;
      refusals++;
      return { status: 400, message: `Unrecognized request argument supplied: ${named}` };
    };
    fake.steps = [['yes'], ['yes']];
    const model = await opening('openai', 'gpt-oss:20b');
    await read(model);
    await read(model);
    expect(refusals).toBe(4);
    expect(fake.arrived.map(({ body }) => Object.keys(body).sort())).toEqual(
      Array(2).fill(['max_completion_tokens', 'messages', 'model', 'stream']),
    );
  });
});

describe('an answer of a model', () => {
  it.each([
    [['<think>The guest', ' wants a crib.</think>\n\nYes', ', it has one.']],
    [['<thi', 'nk>hm</th', 'ink>  Yes, it', ' has one.']],
    [['Yes, <thinking>or no? < </thinking>it has one.']],
    [
      [
        '<|channel|>analysis<|message|>Let me',
        ' see<|end|><|start|>assistant<|channel|>final<|message|>Yes, it has one.',
      ],
    ],
    [['hm</think>', 'Yes, it has one.'].slice(1)],
    [['Yes, it has one.', '<think>and a pool']],
  ])('has no word of what it thought: %j', async (pieces) => {
    fake.steps = [pieces];
    expect(textIn(await read(await opening('openai')))).toBe('Yes, it has one.');
  });

  it('keeps what only looks like the beginning of a thought', async () => {
    fake.steps = [['1 <', ' 2 and <th', 'at> is <thin']];
    expect(textIn(await read(await opening('openai')))).toBe('1 < 2 and <that> is <thin');
  });

  it('that ends without a reason was cut off', async () => {
    fake.steps = [['It is from', { then: 'breaks_off' }]];
    const failure = await failureOf(read(await opening('groq')));
    expect(failure).toMatchObject({ code: 'CHAT_MODEL_UNAVAILABLE' });
  });

  it.each([
    [{ status: 413, message: 'Request too large for model on tokens per minute' }, 'too_long'],
    [{ status: 400, message: "This model's maximum context length is 8192" }, 'too_long'],
    [{ status: 403 }, 'http_403'],
    [{ status: 429, code: 'insufficient_quota' }, 'quota'],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'http_302'],
  ] as [ChatRefusal, string][])('refused with %j is not asked again', async (refusal, reason) => {
    let requests = 0;
    fake.refuse = () => (requests++, refusal);
    for (const kind of ['groq', 'openai'] as const)
      expect(await failureOf(read(await opening(kind)))).toMatchObject({
        code: 'CHAT_MODEL_REFUSED',
        details: { reason, model: 'the-model', host: '127.0.0.1' },
      });
    expect(requests).toBe(2);
  });

  it.each([
    [{ status: 503 }, 'http_503'],
    [{ status: 498, code: 'capacity_exceeded' }, 'http_498'],
    [{ status: 400, code: 'tool_use_failed' }, 'broken_call'],
    [{ status: 200, message: 'a page' }, 'cut_off'],
  ] as [ChatRefusal, string][])(
    'not to be had with %j is not asked again',
    async (refusal, reason) => {
      let requests = 0;
      fake.refuse = () => (requests++, refusal);
      for (const kind of ['groq', 'openai'] as const)
        expect(await failureOf(read(await opening(kind)))).toMatchObject({
          code: 'CHAT_MODEL_UNAVAILABLE',
          details: { reason },
        });
      expect(requests).toBe(2);
    },
  );

  it('is given up when nothing comes any more', async () => {
    fake.steps = [['It is', { then: 'falls_silent' }]];
    const { fetch, close } = nodeFetch({ origin: fake.url, limits: { ...limits, idleMs: 50 } });
    opened.push({ close });
    const model = openaiChatModel({ fetch, url: fake.url, model: 'the-model' });
    expect((await failureOf(read(model))).code).toBe('CHAT_MODEL_UNAVAILABLE');
  });
});

describe('reaching a model', () => {
  it('names what to use instead of a retired one', async () => {
    fake.models = ['openai/gpt-oss-120b'];
    const model = await opening('groq', 'llama-3.3-70b-versatile');
    expect(await failureOf(model.reach())).toMatchObject({
      code: 'CHAT_MODEL_REFUSED',
      details: {
        reason: 'retired',
        model: 'llama-3.3-70b-versatile',
        instead: 'openai/gpt-oss-120b',
      },
    });
  });

  it.each([
    [['the-model:latest'], true],
    [['models/the-model'], true],
    [['the-model-2'], false],
    [undefined, true],
  ])('knows it in a list of %j: %s', async (models, isThere) => {
    fake.models = models;
    const reached = (await opening('openai')).reach().then(
      () => true,
      (error: unknown) => asFault(error).details['reason'] !== 'not_listed',
    );
    expect(await reached).toBe(isThere);
  });
});

describePeer('toxiproxy', 'a model behind a bad wire', (peer) => {
  let toxiproxy: Toxiproxy;
  beforeEach(async () => {
    toxiproxy = await peer.shared();
  });

  it('is away when the wire is cut, and says what a slow wire brings', async () => {
    const proxy = await toxiproxy.proxyTo(fake.port);
    const model = await opening('groq', 'the-model', `http://${proxy.host}/openai/v1`);
    await proxy.add({ type: 'bandwidth', attributes: { rate: 5 } });
    fake.steps = [Array.from({ length: 50 }, (_, i) => `word${i} `)];
    expect(textIn(await read(model))).toContain('word0 word1 word2');
    await proxy.cut();
    expect((await failureOf(read(model))).code).toBe('CHAT_MODEL_UNAVAILABLE');
  });
});
