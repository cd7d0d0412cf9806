import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import type { Awaitable, JsonObject } from '#libs/kernel';
import type { ChatMessage, ChatRequest, ChatTool } from '#libs/ports/chat-model';

import type { ChatStep } from './scripted-chat-model.js';

/** What a request gets instead of a stream. */
export interface ChatRefusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  readonly code?: string;
}

/** How fast it speaks: when the first token comes, and how many follow in a second. */
export interface ChatPace {
  readonly firstPieceMs: number;
  readonly tokensPerSecond: number;
}

export interface ChatArrival {
  readonly path: string;
  readonly authorization: string | undefined;
  /** As it came. */
  readonly body: JsonObject;
  readonly request: ChatRequest;
}

/** A chat API on loopback, as OpenAI or Groq has it: it says what a test wrote, and goes wrong as it is told. */
export class FakeChat {
  readonly arrived: ChatArrival[] = [];
  /** What it says to each next request. */
  steps: readonly ChatStep[][] = [];
  /** What it says where no steps are left. */
  script: (request: ChatRequest) => Awaitable<readonly ChatStep[]> = () => [];
  pace: ChatPace | undefined;
  onSaid: (request: ChatRequest) => void = () => undefined;
  /** `hangs_up`: it takes a request and ends the connection. */
  refuse: (body: JsonObject, path: string) => ChatRefusal | 'hangs_up' | undefined = () =>
    undefined;
  models: readonly string[] | undefined = ['the-model'];
  /** Requests whose connection is closed, by either side. */
  ended = 0;
  readonly #tellsUsageAs: 'groq' | 'openai';
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor(tellsUsageAs: 'groq' | 'openai') {
    this.#tellsUsageAs = tellsUsageAs;
  }

  async start(port = 0): Promise<this> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/openai/v1`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('close', () => this.ended++);
    const path = new URL(request.url ?? '/', 'http://fake').pathname.replace('/openai/v1', '');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as JsonObject;
    const refusal = this.refuse(body, path);
    if (refusal === 'hangs_up') return void response.socket?.destroy();
    if (refusal) return refuseWith(response, refusal);
    if (path === '/models') return this.#list(response);
    const { authorization } = request.headers;
    const arrival = { path, authorization, body, request: requestIn(body) };
    this.arrived.push(arrival);
    const [steps, ...later] = this.steps;
    this.steps = later;
    await this.#say(response, steps ?? (await this.script(arrival.request)), body);
    this.onSaid(arrival.request);
  }

  #list(response: ServerResponse): void {
    if (!this.models) return refuseWith(response, { status: 404 });
    const data = this.models.map((id) => ({ id, object: 'model', owned_by: 'fake' }));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ object: 'list', data }));
  }

  async #say(
    response: ServerResponse,
    steps: readonly ChatStep[],
    body: JsonObject,
  ): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (event: unknown) => response.write(`data: ${JSON.stringify(event)}\n\n`);
    const chunk = (delta: unknown, finish: string | null = null, more: object = {}) =>
      send({ id: 'c', choices: [{ index: 0, delta, finish_reason: finish }], ...more });
    const spoken = speaker(this.pace);
    let calls = 0;
    let finish: string | undefined;
    let usage: unknown = { prompt_tokens: 11, completion_tokens: 7 };
    chunk({ role: 'assistant', content: '' });
    for (const step of steps) {
      if (typeof step === 'string')
        for await (const piece of spoken(step)) chunk({ content: piece });
      else if ('tool' in step) {
        for await (const piece of spoken(JSON.stringify(step))) void piece;
        sendCall(chunk, step, calls++);
      } else if ('waitMs' in step) await delay(step.waitMs);
      else if ('fails' in step) {
        send({ error: { message: `of Maya: ${step.fails.code}`, type: 'server_error' } });
        return void response.end();
      } else if ('then' in step) {
        if (step.then === 'breaks_off') setTimeout(() => response.socket?.destroy(), 5);
        return;
      } else {
        finish = { done: 'stop', calls: 'tool_calls', cut: 'length', withheld: 'content_filter' }[
          step.end
        ];
        usage = step.usage ? usageOnWire(step.usage) : usage;
      }
    }
    finish ??= calls > 0 ? 'tool_calls' : 'stop';
    const asksUsage = 'stream_options' in body;
    chunk({}, finish, this.#tellsUsageAs === 'groq' ? { x_groq: { id: 'r', usage } } : {});
    if (this.#tellsUsageAs === 'openai' && asksUsage) send({ id: 'c', choices: [], usage });
    response.end('data: [DONE]\n\n');
  }
}

/** A text whole, or in tokens (words) as fast as a model says them: its first after a while. */
const speaker = (pace: ChatPace | undefined) => {
  const begin = performance.now();
  let said = 0;
  return async function* (text: string): AsyncGenerator<string> {
    if (!pace) {
      yield text;
      return;
    }
    for (const token of text.match(/\s*\S+\s*$|\s*\S+/gu) ?? [text]) {
      const due = begin + pace.firstPieceMs + (said++ * 1_000) / pace.tokensPerSecond;
      const early = due - performance.now();
      if (early >= 1) await delay(early);
      yield token;
    }
  };
};

type SendChunk = (delta: unknown) => void;

/** Its arguments come in two halves, as long ones do. */
const sendCall = (
  chunk: SendChunk,
  { tool, args }: Extract<ChatStep, { tool: string }>,
  index: number,
): void => {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  const half = Math.ceil(text.length / 2);
  const called = { name: tool, arguments: text.slice(0, half) };
  chunk({ tool_calls: [{ index, id: `call_${index + 1}`, type: 'function', function: called }] });
  chunk({ tool_calls: [{ index, function: { arguments: text.slice(half) } }] });
};

const usageOnWire = (usage: {
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
}) => ({
  prompt_tokens: usage.inputTokens,
  completion_tokens: usage.outputTokens,
  prompt_tokens_details: { cached_tokens: usage.cachedTokens },
});

const refuseWith = (
  response: ServerResponse,
  { status, headers, message = 'of Maya: no', code = '' }: ChatRefusal,
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { message, type: 'error', code: code || null } }));
};

interface MessageOnWire {
  readonly role: ChatMessage['role'];
  readonly content: string | null;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
}

/** Back in the words of the port. */
const requestIn = (body: JsonObject): ChatRequest => {
  const { messages, tools, max_tokens, max_completion_tokens } = body as unknown as {
    messages: readonly MessageOnWire[];
    tools?: readonly { readonly function: ChatTool }[];
    max_tokens?: number;
    max_completion_tokens?: number;
  };
  return {
    messages: messages.map(messageIn),
    tools: (tools ?? []).map((tool) => tool.function),
    maxTokens: max_tokens ?? max_completion_tokens ?? 0,
  };
};

const messageIn = ({ role, content, tool_call_id, tool_calls }: MessageOnWire): ChatMessage => {
  const text = content ?? '';
  if (role === 'tool') return { role, call: tool_call_id ?? '', text };
  if (role !== 'assistant') return { role, text };
  const calls = (tool_calls ?? []).map((call) => ({
    id: call.id,
    tool: call.function.name,
    args: call.function.arguments,
  }));
  return { role, text, calls };
};
