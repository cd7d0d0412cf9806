import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { nodeFetch, type NodeFetch } from '#libs/adapters/outbound';
import { groqChatModel, openaiChatModel } from '#libs/adapters/openai';
import { asFault, Secret } from '#libs/kernel';
import type { ChatModel, ChatPiece, ChatRequest } from '#libs/ports/chat-model';

/** Somebody else's idea of the same APIs: what ours and theirs agree on is hardly made up. */
describe.each(['groq', 'openai'] as const)('a chat model at aimock, by %s', (kind) => {
  const mock = new LLMock({ port: 0 });
  let way: NodeFetch;
  let model: ChatModel;
  beforeAll(async () => {
    await mock.start();
    const url = kind === 'groq' ? `${mock.url}/openai/v1` : `${mock.url}/v1`;
    way = nodeFetch({ origin: url });
    const common = { fetch: way.fetch, url, apiKey: new Secret('mock') };
    model =
      kind === 'groq'
        ? await groqChatModel({ ...common, model: 'openai/gpt-oss-120b' })
        : openaiChatModel({ ...common, model: 'gpt-4o-mini' });
  });
  afterAll(async () => {
    way.close();
    await mock.stop();
  });

  const request = (text: string): ChatRequest => ({
    messages: [{ role: 'user', text }],
    tools: [{ name: 'find_calls', description: 'Finds calls.', parameters: { type: 'object' } }],
    maxTokens: 100,
  });
  const read = async (text: string) => {
    const pieces: ChatPiece[] = [];
    for await (const piece of model.complete(request(text), new AbortController().signal))
      pieces.push(piece);
    return pieces;
  };

  it('streams a text', async () => {
    mock.onMessage('check-in', { content: 'Check-in is from 3 pm, says the note of the house.' });
    const pieces = await read('When is check-in?');
    const text = pieces.map((piece) => (piece.sort === 'text' ? piece.text : '')).join('');
    expect(text).toBe('Check-in is from 3 pm, says the note of the house.');
    expect(pieces.filter(({ sort }) => sort === 'text').length).toBeGreaterThan(1);
    expect(pieces.at(-1)).toMatchObject({ sort: 'end', reason: 'done' });
  });

  it('asks for a tool', async () => {
    mock.onMessage('calls', { toolCalls: [{ name: 'find_calls', arguments: '{"about":"crib"}' }] });
    const pieces = await read('Which calls are there?');
    expect(pieces.at(-2)).toMatchObject({
      sort: 'call',
      call: { tool: 'find_calls', args: '{"about":"crib"}' },
    });
    expect(pieces.at(-1)).toMatchObject({ sort: 'end', reason: 'calls' });
  });

  it('is busy', async () => {
    mock.onMessage('busy', {
      error: {
        message: 'Rate limit reached',
        type: 'rate_limit_error',
        code: 'rate_limit_exceeded',
      },
      status: 429,
    });
    const failure = await read('Are you busy?').then(() => undefined, asFault);
    expect(failure?.code).toBe('CHAT_MODEL_BUSY');
  });

  it('breaks off in the middle', async () => {
    mock.onMessage(
      'long',
      { content: 'One two three four five six seven eight nine ten. '.repeat(20) },
      { truncateAfterChunks: 3 },
    );
    const failure = await read('A long story.').then(() => undefined, asFault);
    expect(failure?.code).toBe('CHAT_MODEL_UNAVAILABLE');
  });
});
