import { request as clearRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest, type RequestOptions } from 'node:https';
import type { Socket } from 'node:net';

import { Fault, fault, Secret } from '#libs/kernel';
import type { OutboundAnswer, OutboundRequest } from '#libs/ports/outbound';

export interface Limits {
  readonly connectMs: number;
  /** From the connection to the first byte of the answer. */
  readonly headersMs: number;
  /** From the connection to the last byte, however the other side drips. */
  readonly wholeMs: number;
  readonly answerBytes: number;
}

export interface Exchanged {
  readonly url: URL;
  readonly request: OutboundRequest;
  readonly limits: Limits;
  readonly options: Pick<RequestOptions, 'agent' | 'lookup'>;
  /** Looks once more at what is connected. Throws when we do not go there. */
  readonly inspect: (address: string) => void;
}

const shown = (value: string | Secret): string =>
  value instanceof Secret ? value.reveal() : value;

const headersOf = ({ headers = {}, body }: OutboundRequest): Record<string, string> => ({
  'user-agent': 'innkeeper',
  // What is sent packed may be a bomb; the limit counts what we read.
  'accept-encoding': 'identity',
  ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, shown(value)])),
  ...(body !== undefined && { 'content-length': String(Buffer.byteLength(shown(body))) }),
});

/** One request and its answer over one connection: no redirect, no repetition. */
export const exchange = (exchanged: Exchanged): Promise<OutboundAnswer> =>
  new Promise((resolve, reject) => new Exchange(exchanged, resolve, reject).begin());

class Exchange {
  readonly #of: Exchanged;
  readonly #resolve: (answer: OutboundAnswer) => void;
  readonly #reject: (error: Fault) => void;
  readonly #timers = new Set<NodeJS.Timeout>();
  #request: ClientRequest | undefined;
  #connected = false;
  #answering = false;
  #over = false;

  constructor(
    of: Exchanged,
    resolve: (answer: OutboundAnswer) => void,
    reject: (error: Fault) => void,
  ) {
    this.#of = of;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    const { url, request, options, limits } = this.#of;
    const send = url.protocol === 'https:' ? secureRequest : clearRequest;
    const head = { ...options, method: request.method, headers: headersOf(request) };
    const sent = send(url, head);
    this.#request = sent;
    this.#after(limits.connectMs, () => !this.#connected, 'connect_timeout');
    sent.on('socket', (socket) => this.#watch(socket));
    sent.on('response', (response) => this.#read(response));
    sent.on('error', (error) => this.#fail(reasonOf(error), error));
    sent.on('close', () => this.#fail('closed'));
    sent.end(request.body === undefined ? undefined : shown(request.body));
  }

  #watch(socket: Socket): void {
    const connected = (): void => {
      if (this.#over) return;
      if (!this.#inspect(socket)) return;
      this.#connected = true;
      const { headersMs, wholeMs } = this.#of.limits;
      this.#after(headersMs, () => !this.#answering, 'headers_timeout');
      this.#after(wholeMs, () => true, 'body_timeout');
    };
    if (!socket.connecting) return connected();
    socket.once(this.#of.url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
  }

  #inspect(socket: Socket): boolean {
    try {
      this.#of.inspect(socket.remoteAddress ?? '');
      return true;
    } catch (error) {
      this.#fail('address', error);
      return false;
    }
  }

  #read(response: IncomingMessage): void {
    this.#answering = true;
    const most = this.#of.request.largestAnswer ?? this.#of.limits.answerBytes;
    if (Number(response.headers['content-length'] ?? 0) > most) return this.#tooLarge(most);
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) return this.#tooLarge(most);
      chunks.push(chunk);
    });
    response.on('error', (error) => this.#fail(reasonOf(error), error));
    response.on('end', () => {
      // A body shorter than its announced length ends in an error instead.
      const headers = plainHeaders(response);
      this.#settle(() =>
        this.#resolve({
          status: response.statusCode ?? 0,
          headers,
          body: new Uint8Array(Buffer.concat(chunks)),
        }),
      );
    });
  }

  #after(ms: number, stillHolds: () => boolean, reason: string): void {
    this.#timers.add(
      setTimeout(() => {
        if (stillHolds()) this.#fail(reason);
      }, ms),
    );
  }

  #tooLarge(limit: number): void {
    const { hostname: host } = this.#of.url;
    this.#fail('too_large', fault('OUTBOUND_ANSWER_TOO_LARGE', { details: { host, limit } }));
  }

  /** Only a word of the cause goes on: a parser's error holds the very bytes of the answer. */
  #fail(reason: string, error?: unknown): void {
    const details = { host: this.#of.url.hostname, reason };
    const code = this.#connected ? 'OUTBOUND_UNANSWERED' : 'OUTBOUND_UNREACHABLE';
    this.#settle(() => this.#reject(error instanceof Fault ? error : fault(code, { details })));
    this.#request?.destroy();
  }

  #settle(answer: () => void): void {
    if (this.#over) return;
    this.#over = true;
    for (const timer of this.#timers) clearTimeout(timer);
    answer();
  }
}

const plainHeaders = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

const WORD = /^[A-Z0-9_]{1,64}$/;
export const reasonOf = (error: unknown): string => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && WORD.test(code) ? code : 'broken';
};
