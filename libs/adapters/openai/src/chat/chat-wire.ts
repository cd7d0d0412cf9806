import type { JsonObject } from '#libs/kernel';

/** What of a piece of an answer counts. All of it may be missing: servers differ. */
export interface ChatChunk {
  readonly choices?: readonly {
    readonly delta?: {
      readonly content?: string | null;
      readonly refusal?: string | null;
      readonly tool_calls?: readonly CallFragment[] | null;
    };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: WireUsage | null;
  /** Groq's own place for it. */
  readonly x_groq?: { readonly usage?: WireUsage | null } | null;
}

export interface CallFragment {
  readonly index?: number;
  readonly id?: string | null;
  readonly function?: { readonly name?: string | null; readonly arguments?: unknown };
}

export interface WireUsage {
  readonly prompt_tokens?: number | null;
  readonly completion_tokens?: number | null;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number | null } | null;
}

/** How one library asks. What it throws is its own; nothing is repeated. */
export interface ChatWire {
  complete(request: JsonObject, signal: AbortSignal): Promise<AsyncIterable<ChatChunk>>;

  /** The names of the models that the key may use. */
  listModels(signal: AbortSignal): Promise<readonly ListedModel[]>;
}

export interface ListedModel {
  readonly id: string;
  readonly ownedBy: string;
}
