import type { JsonObject } from '#libs/kernel';

/** What the model may ask us to do. */
export interface ChatTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments. */
  readonly parameters: JsonObject;
}

/** The model asks for a tool. Its arguments are what it wrote: checked by nobody yet. */
export interface ToolCall {
  readonly id: string;
  readonly tool: string;
  readonly args: string;
}

export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly call: string; readonly text: string };

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** None: it can only talk. */
  readonly tools: readonly ChatTool[];
  readonly maxTokens: number;
}

export interface ChatUsage {
  readonly inputTokens: number;
  /** Of these, what the other side had read before, and charges less for. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** What comes of one request: text in pieces, then its calls, then how it ended. */
export type ChatPiece =
  | { readonly sort: 'text'; readonly text: string }
  | { readonly sort: 'call'; readonly call: ToolCall }
  | {
      readonly sort: 'end';
      /** `cut`: it would have said more. `withheld`: the other side would not let it. */
      readonly reason: 'done' | 'calls' | 'cut' | 'withheld';
      readonly usage: ChatUsage;
    };

/**
 * A language model that talks, and asks for tools.
 *
 * Pieces: text as it comes, whole calls after it, one `end` last. An answer that ends without `end` was cut off, and
 * fails. Nothing is asked a second time by itself: each request costs something.
 * Stopping: the signal ends the request on the wire, and the reading with its reason.
 * Failure: `CHAT_MODEL_UNAVAILABLE` (away, too slow, cut off), `CHAT_MODEL_BUSY` (429; `retryAfterMs` where it was told),
 * `CHAT_MODEL_REFUSED` (the key, the model or the request is wrong: the same again is refused again). No fault carries a
 * text of the conversation.
 */
export interface ChatModel {
  /** As the other side calls it. */
  readonly model: string;

  /** Answers if it could answer now: the model is there, the key is good. `CHAT_MODEL_REFUSED` where it is retired. */
  reach(): Promise<void>;

  complete(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatPiece>;
}
