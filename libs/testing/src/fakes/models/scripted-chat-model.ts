import { setTimeout as delay } from 'node:timers/promises';

import { fault, type Awaitable, type Fault, type JsonObject } from '#libs/kernel';
import type {
  ChatModel,
  ChatPiece,
  ChatRequest,
  ChatUsage,
  ToolCall,
} from '#libs/ports/chat-model';

type ChatEndReason = Extract<ChatPiece, { sort: 'end' }>['reason'];

/** What a scripted model does next. */
export type ChatStep =
  /** A piece of text. */
  | string
  /** A call of a tool; as a text, its arguments are what a careless model might write. */
  | { readonly tool: string; readonly args: JsonObject | string }
  | { readonly waitMs: number }
  /** Ends so, instead of with `calls` after a call and with `done` else. */
  | { readonly end: ChatEndReason; readonly usage?: ChatUsage }
  | { readonly fails: Fault }
  /** The connection ends in the middle; or stays open, and nothing comes any more. */
  | { readonly then: 'breaks_off' | 'falls_silent' };

/** What a model says to a request; the first one of a model is request 0. */
export type ChatScript = (
  request: ChatRequest,
  requestNumber: number,
) => Awaitable<readonly ChatStep[]>;

export interface ScriptedChatModelOptions {
  readonly model?: string;
  /** One answer for each request, in order; or what makes them. */
  readonly script: readonly (readonly ChatStep[])[] | ChatScript;
  /** A model elsewhere takes its time: before its first piece, and by tokens (words) a second after. */
  readonly firstPieceMs?: number;
  readonly tokensPerSecond?: number;
}

/** A language model that says what a test wrote for it, and keeps what it was asked. */
export class ScriptedChatModel implements ChatModel {
  readonly model: string;
  readonly requests: ChatRequest[] = [];
  /** Requests that are over, for any reason. */
  ended = 0;
  /** What is thrown instead of any answer, until it is taken back. */
  trouble: Fault | undefined;
  readonly #options: ScriptedChatModelOptions;

  constructor(options: ScriptedChatModelOptions) {
    this.model = options.model ?? 'scripted';
    this.#options = options;
  }

  async reach(): Promise<void> {
    if (this.trouble) throw this.trouble;
  }

  async *complete(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatPiece> {
    signal.throwIfAborted();
    if (this.trouble) throw this.trouble;
    const number = this.requests.push(structuredClone(request)) - 1;
    const steps = await this.#stepsFor(request, number);
    try {
      await this.#wait(this.#options.firstPieceMs ?? 0, signal);
      yield* this.#play(steps, request, signal);
    } finally {
      this.ended++;
    }
  }

  async #stepsFor(request: ChatRequest, number: number): Promise<readonly ChatStep[]> {
    const { script } = this.#options;
    const steps = typeof script === 'function' ? await script(request, number) : script[number];
    if (steps === undefined) throw new Error(`nothing is scripted for request ${number}`);
    return steps;
  }

  async *#play(
    steps: readonly ChatStep[],
    request: ChatRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ChatPiece> {
    const calls: ToolCall[] = [];
    let said = '';
    for (const step of steps) {
      signal.throwIfAborted();
      if (typeof step === 'string') {
        said += step;
        yield { sort: 'text', text: step };
        await this.#speak(step, signal);
      } else if ('tool' in step) calls.push(callOf(step, calls.length));
      else if ('then' in step) await goneOrSilent(step.then, signal);
      else if ('waitMs' in step) await this.#wait(step.waitMs, signal);
      else if ('fails' in step) throw step.fails;
      else {
        for (const call of calls) yield { sort: 'call', call };
        yield { sort: 'end', reason: step.end, usage: step.usage ?? usageOf(request, said) };
        return;
      }
    }
    for (const call of calls) yield { sort: 'call', call };
    const reason = calls.length > 0 ? 'calls' : 'done';
    yield { sort: 'end', reason, usage: usageOf(request, said) };
  }

  async #speak(text: string, signal: AbortSignal): Promise<void> {
    const { tokensPerSecond } = this.#options;
    if (tokensPerSecond !== undefined)
      await this.#wait((tokensIn(text) * 1_000) / tokensPerSecond, signal);
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    if (ms <= 0) return;
    // The timer's own error says only that it was aborted, not why.
    await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

const callOf = ({ tool, args }: Extract<ChatStep, { tool: string }>, before: number): ToolCall => ({
  id: `call_${before + 1}`,
  tool,
  args: typeof args === 'string' ? args : JSON.stringify(args),
});

const goneOrSilent = (then: 'breaks_off' | 'falls_silent', signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (then === 'breaks_off') reject(fault('CHAT_MODEL_UNAVAILABLE'));
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

/** As many as there are words: near enough to pace by, and to count in a test. */
const tokensIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;

const usageOf = (request: ChatRequest, said: string): ChatUsage => ({
  inputTokens: request.messages.reduce((sum, { text }) => sum + tokensIn(text), 0),
  cachedTokens: 0,
  outputTokens: tokensIn(said),
});
