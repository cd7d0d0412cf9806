import type { JsonObject, Secret } from '#libs/kernel';
import type { ChatModel } from '#libs/ports/chat-model';

import { openaiClient, type OpenaiServer } from '../client.js';
import { plainDialect, WireChatModel } from './chat-model.js';
import type { ChatChunk, ChatWire, ListedModel } from './chat-wire.js';
import { isGptOss, replacementAtGroq, thinksByEffort } from './known-models.js';

export interface OpenaiChatModelOptions extends OpenaiServer {
  /** As the server calls it. */
  readonly model: string;
}

/** Both libraries ask with the same words; only their types differ. */
interface ChatClient {
  readonly chat: {
    readonly completions: {
      create(body: never, options: { signal: AbortSignal }): PromiseLike<unknown>;
    };
  };
  readonly models: { list(options: { signal: AbortSignal }): PromiseLike<unknown> };
}

const wireOf = (client: ChatClient): ChatWire => ({
  complete: async (request, signal) =>
    (await client.chat.completions.create(request as never, {
      signal,
    })) as AsyncIterable<ChatChunk>,

  async listModels(signal) {
    const { data } = (await client.models.list({ signal })) as {
      readonly data?: readonly { readonly id?: unknown; readonly owned_by?: unknown }[] | null;
    };
    return (data ?? []).map(({ id, owned_by }): ListedModel => ({
      id: textOf(id),
      ownedBy: textOf(owned_by),
    }));
  },
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** By any server that speaks as OpenAI does, also one of your own. */
export const openaiChatModel = ({ model, ...server }: OpenaiChatModelOptions): ChatModel => {
  const thinks = thinksByEffort(model);
  const { temperature, ...dialect } = plainDialect(thinks ? { reasoning_effort: 'low' } : {});
  return new WireChatModel({
    model,
    host: new URL(server.url).hostname,
    wire: wireOf(openaiClient(server)),
    // Models that think take no temperature but their own.
    dialect: thinks && !isGptOss(model) ? dialect : { ...dialect, temperature: temperature ?? 0 },
  });
};

export const GROQ_URL = 'https://api.groq.com/openai/v1';

export interface GroqChatModelOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly apiKey: Secret;
  readonly model: string;
  /** Where something stands in for Groq, or before it. */
  readonly url?: string;
}

/** How much each family thinks, and that its thoughts stay there. */
const groqThinking = (model: string): JsonObject => {
  if (isGptOss(model)) return { reasoning_effort: 'low', include_reasoning: false };
  return model.startsWith('qwen/') ? { reasoning_effort: 'none', reasoning_format: 'hidden' } : {};
};

const addressOf = (input: string | URL | Request): string =>
  input instanceof Request ? input.url : input.toString();

export const groqChatModel = async (options: GroqChatModelOptions): Promise<ChatModel> => {
  const { Groq } = await import('groq-sdk');
  const { fetch, apiKey, model, url = GROQ_URL } = options;
  const client = new Groq({
    apiKey: apiKey.reveal(),
    baseURL: new URL(GROQ_URL).origin,
    fetch: (input, init) => fetch(addressOf(input).replace(GROQ_URL, url), init),
    logLevel: 'off',
    // It would wait as long as it is told, deaf to our signal.
    maxRetries: 0,
    timeout: 600_000,
  });
  return new WireChatModel({
    model,
    host: new URL(url).hostname,
    wire: wireOf(client),
    // It tells the usage by itself.
    dialect: {
      tokensAs: 'max_completion_tokens',
      temperature: 0,
      asksUsage: false,
      more: groqThinking(model),
    },
    replacementOf: replacementAtGroq,
  });
};
