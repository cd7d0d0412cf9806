import type { Json, JsonObject } from '#libs/kernel';
import type { ChatMessage, ChatRequest, ChatTool } from '#libs/ports/chat-model';

/** What servers do not all understand, as one of them was found to. */
export interface ChatDialect {
  readonly tokensAs: 'max_tokens' | 'max_completion_tokens';
  readonly temperature?: number;
  readonly asksUsage: boolean;
  /** More parameters of this server. */
  readonly more: JsonObject;
}

export const requestBody = (
  model: string,
  { messages, tools, maxTokens }: ChatRequest,
  { tokensAs, temperature, asksUsage, more }: ChatDialect,
): JsonObject => ({
  model,
  messages: messages.map(messageOf),
  ...(tools.length > 0 && { tools: tools.map(toolOf) }),
  stream: true,
  ...(asksUsage && { stream_options: { include_usage: true } }),
  [tokensAs]: maxTokens,
  ...(temperature !== undefined && { temperature }),
  ...more,
});

const messageOf = (message: ChatMessage): JsonObject => {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text };
    case 'tool':
      return { role: 'tool', tool_call_id: message.call, content: message.text };
    case 'assistant': {
      const calls = message.calls.map(({ id, tool, args }): Json => ({
        id,
        type: 'function',
        function: { name: tool, arguments: args },
      }));
      return {
        role: 'assistant',
        content: message.text === '' && calls.length > 0 ? null : message.text,
        ...(calls.length > 0 && { tool_calls: calls }),
      };
    }
  }
};

const toolOf = ({ name, description, parameters }: ChatTool): JsonObject => ({
  type: 'function',
  function: { name, description, parameters },
});

/** Without what this refusal names. `undefined` where it names nothing that can be left out. */
export const withoutRefused = (dialect: ChatDialect, refusal: string): ChatDialect | undefined => {
  const { tokensAs, asksUsage, temperature, more } = dialect;
  if (/max_(?:completion_)?tokens/.test(refusal) && tokensAs === 'max_tokens')
    return { ...dialect, tokensAs: 'max_completion_tokens' };
  if (/stream_options|include_usage/.test(refusal) && asksUsage)
    return { ...dialect, asksUsage: false };
  if (/temperature/.test(refusal) && temperature !== undefined) {
    const { temperature: _refused, ...rest } = dialect;
    return rest;
  }
  const named = Object.keys(more).find((name) => refusal.includes(name));
  if (named === undefined) return undefined;
  return {
    ...dialect,
    more: Object.fromEntries(Object.entries(more).filter(([name]) => name !== named)),
  };
};
