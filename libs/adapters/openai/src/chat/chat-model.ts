import { fault, type Fault, type JsonObject } from '#libs/kernel';
import type { ChatModel, ChatPiece, ChatRequest, ChatUsage } from '#libs/ports/chat-model';

import { isApiFailure, troubleOf } from '../trouble.js';
import { AssembledCalls } from './assembled-calls.js';
import { requestBody, withoutRefused, type ChatDialect } from './chat-request.js';
import type { ChatChunk, ChatWire, WireUsage } from './chat-wire.js';
import { SpokenText } from './spoken-text.js';

export interface WireChatModelOptions {
  readonly model: string;
  readonly host: string;
  readonly wire: ChatWire;
  readonly dialect: ChatDialect;
  /** What to use instead, of a model that is no longer there. */
  readonly replacementOf?: (model: string) => string | undefined;
}

/** Longer than any list of models takes, and short enough for who waits for `doctor`. */
const REACH_MS = 10_000;

/** As many characters as a token has at least, in what people write. */
const CHARS_PER_TOKEN = 3;

type EndReason = Extract<ChatPiece, { sort: 'end' }>['reason'];

/** A model that is asked through either library. */
export class WireChatModel implements ChatModel {
  readonly model: string;
  readonly #options: WireChatModelOptions;
  #dialect: ChatDialect;

  constructor(options: WireChatModelOptions) {
    this.model = options.model;
    this.#options = options;
    this.#dialect = options.dialect;
  }

  async reach(): Promise<void> {
    const listed = await this.#listed();
    // A server that has no list is judged by its first answer.
    if (!listed || listed.some((one) => isListed(one, this.model))) return;
    const instead = this.#options.replacementOf?.(this.model);
    const reason = instead === undefined ? 'not_listed' : 'retired';
    throw this.#refused(reason, { ...(instead !== undefined && { instead }) });
  }

  async *complete(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatPiece> {
    signal.throwIfAborted();
    const answer = new AnswerInMaking();
    try {
      for await (const chunk of await this.#begin(request, signal)) {
        // The libraries end quietly when they are stopped.
        signal.throwIfAborted();
        const text = answer.add(chunk);
        if (text !== '') yield { sort: 'text', text };
      }
    } catch (error) {
      signal.throwIfAborted();
      throw this.#faultOf(error);
    }
    signal.throwIfAborted();
    const reason = answer.reason;
    if (reason === undefined) throw this.#unavailable('cut_off');
    const rest = answer.rest();
    if (rest !== '') yield { sort: 'text', text: rest };
    if (reason === 'calls') for (const call of answer.calls) yield { sort: 'call', call };
    yield { sort: 'end', reason, usage: answer.usageFor(request) };
  }

  /** A refusal of a parameter costs nothing: it is left out, and then never sent again. */
  async #begin(request: ChatRequest, signal: AbortSignal): Promise<AsyncIterable<ChatChunk>> {
    for (;;) {
      const dialect = this.#dialect;
      try {
        return await this.#options.wire.complete(requestBody(this.model, request, dialect), signal);
      } catch (error) {
        signal.throwIfAborted();
        const isRefusal = isApiFailure(error) && (error.status === 400 || error.status === 422);
        const next = isRefusal ? withoutRefused(dialect, error.message) : undefined;
        if (!next) throw error;
        this.#dialect = next;
      }
    }
  }

  async #listed(): Promise<
    readonly { readonly id: string; readonly ownedBy: string }[] | undefined
  > {
    try {
      return await this.#options.wire.listModels(AbortSignal.timeout(REACH_MS));
    } catch (error) {
      if (isApiFailure(error) && (error.status === 404 || error.status === 405)) return undefined;
      throw this.#faultOf(error);
    }
  }

  #faultOf(error: unknown): Fault {
    const trouble = troubleOf(error, Date.now());
    switch (trouble.sort) {
      case 'passing':
        return this.#unavailable(trouble.reason);
      case 'busy': {
        const { retryAfterMs } = trouble;
        const details = { host: this.#options.host };
        return fault('CHAT_MODEL_BUSY', {
          details,
          ...(retryAfterMs !== undefined && { retryAfterMs }),
        });
      }
      case 'too_much':
        return this.#refused('too_long');
      case 'refused':
        return trouble.reason === 'answer'
          ? this.#unavailable('answer')
          : this.#refused(trouble.reason);
    }
  }

  #unavailable(reason: string): Fault {
    return fault('CHAT_MODEL_UNAVAILABLE', { details: { host: this.#options.host, reason } });
  }

  #refused(reason: string, more: { readonly instead?: string } = {}): Fault {
    const { host } = this.#options;
    return fault('CHAT_MODEL_REFUSED', { details: { host, model: this.model, reason, ...more } });
  }
}

/** Lists differ in what stands before or after a name; llama.cpp lists a file and takes any name. */
const isListed = (
  { id, ownedBy }: { readonly id: string; readonly ownedBy: string },
  model: string,
): boolean =>
  id === model || id === `${model}:latest` || id.endsWith(`/${model}`) || ownedBy === 'llamacpp';

class AnswerInMaking {
  readonly #spoken = new SpokenText();
  readonly #calls = new AssembledCalls();
  #finish: string | undefined;
  #isRefused = false;
  #usage: WireUsage | undefined;
  #characters = 0;

  /** What is said with it. */
  add({ choices = [], usage, x_groq }: ChatChunk): string {
    this.#usage = usage ?? x_groq?.usage ?? this.#usage;
    const [choice] = choices;
    if (!choice) return '';
    const { content, refusal, tool_calls: fragments } = choice.delta ?? {};
    for (const fragment of fragments ?? []) this.#calls.add(fragment);
    if (refusal) this.#isRefused = true;
    if (choice.finish_reason) this.#finish = choice.finish_reason;
    this.#characters += content?.length ?? 0;
    return content ? this.#spoken.take(content) : '';
  }

  rest(): string {
    return this.#spoken.rest();
  }

  get calls() {
    return this.#calls.whole();
  }

  /** `undefined`: it did not end. */
  get reason(): EndReason | undefined {
    if (this.#finish === undefined) return undefined;
    if (this.#isRefused || this.#finish === 'content_filter') return 'withheld';
    if (this.#finish === 'length') return 'cut';
    // Some say `stop` after a call.
    return this.#calls.isEmpty ? 'done' : 'calls';
  }

  /** A server that does not count is counted for, rather too much: a budget that counts 0 is none. */
  usageFor(request: ChatRequest): ChatUsage {
    const { prompt_tokens, completion_tokens, prompt_tokens_details } = this.#usage ?? {};
    return {
      inputTokens: prompt_tokens ?? tokensIn(charactersOf(request)),
      cachedTokens: prompt_tokens_details?.cached_tokens ?? 0,
      outputTokens: completion_tokens ?? tokensIn(this.#characters + argsLength(this.calls)),
    };
  }
}

const argsLength = (calls: readonly { readonly args: string }[]): number =>
  calls.reduce((sum, { args }) => sum + args.length, 0);

const tokensIn = (characters: number): number => Math.ceil(characters / CHARS_PER_TOKEN);

const charactersOf = ({ messages, tools }: ChatRequest): number =>
  JSON.stringify([messages, tools] satisfies unknown).length;

export const plainDialect = (more: JsonObject = {}): ChatDialect => ({
  tokensAs: 'max_tokens',
  temperature: 0,
  asksUsage: true,
  more,
});
