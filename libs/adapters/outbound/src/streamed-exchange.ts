import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { Fault, fault } from '#libs/kernel';

import { reasonOf } from './exchange.js';

export interface StreamLimits {
  readonly connectMs: number;
  /** From the connection to the first byte of the answer. */
  readonly headersMs: number;
  /** Between two pieces of the answer, while somebody reads it. */
  readonly idleMs: number;
  /** From the request to the last byte, however the other side drips. */
  readonly wholeMs: number;
  readonly answerBytes: number;
}

export interface StreamedRequest {
  readonly request: ClientRequest;
  readonly limits: StreamLimits;
  readonly host: string;
  readonly signal?: AbortSignal;
  /** Looks once more at what is connected. Throws when we do not go there. */
  readonly inspect: (address: string) => void;
}

/** One request whose answer is read as it comes. Each early end also ends it on the wire. */
export class StreamedExchange {
  readonly #of: StreamedRequest;
  readonly #timers = new Set<NodeJS.Timeout>();
  #connected = false;
  /** Why it ended early. */
  #cause: unknown;

  constructor(of: StreamedRequest) {
    this.#of = of;
  }

  /** Resolves with the head of the answer. */
  async send(body: string | Uint8Array | undefined): Promise<IncomingMessage> {
    const { request, limits, signal } = this.#of;
    signal?.addEventListener('abort', this.#abort, { once: true });
    this.#after(limits.wholeMs, 'body_timeout');
    const connecting = this.#after(limits.connectMs, 'connect_timeout');
    let waiting: NodeJS.Timeout | undefined;
    try {
      return await new Promise<IncomingMessage>((resolve, reject) => {
        request.on('socket', (socket) =>
          this.#whenConnected(socket, () => {
            clearTimeout(connecting);
            waiting ??= this.#after(limits.headersMs, 'headers_timeout');
          }),
        );
        request.on('response', resolve);
        request.on('error', (error) => reject(this.#failure(error)));
        request.on('close', () => {
          this.#settle();
          reject(this.#failure());
        });
        request.end(body);
      });
    } catch (error) {
      this.#settle();
      throw error;
    } finally {
      clearTimeout(waiting);
    }
  }

  /** The bytes of the answer. Who cancels it before the end gives the connection up. */
  read(answer: IncomingMessage): ReadableStream<Uint8Array> {
    const chunks = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
    let bytes = 0;
    return new ReadableStream<Uint8Array>(
      {
        pull: async (out) => {
          const idle = this.#after(this.#of.limits.idleMs, 'idle_timeout');
          try {
            const { done, value } = await chunks.next();
            if (done) return out.close();
            bytes += value.length;
            this.#checkSize(bytes);
            out.enqueue(value);
          } catch (error) {
            this.#of.request.destroy();
            throw this.#failure(error);
          } finally {
            clearTimeout(idle);
          }
        },
        cancel: (reason) => this.#end(reason),
      },
      // Nothing is read before somebody asks: silence counts only then.
      { highWaterMark: 0 },
    );
  }

  #checkSize(bytes: number): void {
    const { host, limits } = this.#of;
    const details = { host, limit: limits.answerBytes };
    if (bytes > limits.answerBytes) throw fault('OUTBOUND_ANSWER_TOO_LARGE', { details });
  }

  readonly #abort = (): void => this.#end(this.#of.signal?.reason);

  #whenConnected(socket: Socket, then: () => void): void {
    const connected = (): void => {
      try {
        this.#of.inspect(socket.remoteAddress ?? '');
      } catch (refused) {
        return this.#end(refused);
      }
      this.#connected = true;
      then();
    };
    if (!socket.connecting) return connected();
    const event = this.#of.request.protocol === 'https:' ? 'secureConnect' : 'connect';
    socket.once(event, connected);
  }

  #after(ms: number, reason: string): NodeJS.Timeout {
    const timer = setTimeout(() => this.#end(this.#faultOf(reason)), ms);
    this.#timers.add(timer);
    return timer;
  }

  #end(cause: unknown): void {
    this.#cause ??= cause;
    this.#of.request.destroy();
  }

  /** Only a word of the cause goes on: a parser's error holds the very bytes of the answer. */
  #failure(error?: unknown): Error {
    if (this.#cause instanceof Error) return this.#cause;
    return error instanceof Fault ? error : this.#faultOf(error ? reasonOf(error) : 'closed');
  }

  #faultOf(reason: string): Fault {
    const code = this.#connected ? 'OUTBOUND_UNANSWERED' : 'OUTBOUND_UNREACHABLE';
    return fault(code, { details: { host: this.#of.host, reason } });
  }

  #settle(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#of.signal?.removeEventListener('abort', this.#abort);
  }
}
