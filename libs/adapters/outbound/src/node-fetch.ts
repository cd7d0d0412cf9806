import { Agent as ClearAgent, request as clearRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';

import { fault } from '#libs/kernel';

import {
  guardedLookup,
  judgeLiteral,
  refusedAddress,
  systemResolve,
  type Resolve,
} from './guarded-lookup.js';
import { networks } from './networks.js';
import { StreamedExchange, type StreamLimits } from './streamed-exchange.js';

export type { StreamLimits } from './streamed-exchange.js';

export interface NodeFetchOptions {
  /** The one server this leads to, as an operator named it: it may stand in a private network, in clear text there. */
  readonly origin: string;
  /** Networks that are allowed besides: `INNKEEPER_OUTBOUND_ALLOWED`. */
  readonly allowed?: readonly string[];
  readonly limits?: Partial<StreamLimits>;
  readonly resolve?: Resolve;
  /** Trusted besides the system's own authorities, as PEM. */
  readonly ca?: string;
}

export interface NodeFetch {
  readonly fetch: typeof globalThis.fetch;
  /** Ends idle connections; what is under way ends by itself. */
  close(): void;
}

const LIMITS: StreamLimits = {
  connectMs: 5_000,
  headersMs: 60_000,
  idleMs: 30_000,
  wholeMs: 300_000,
  answerBytes: 64 * 1024 * 1024,
};

/** What a library tells about our machine is nobody's business. */
const TELLTALE = /^(?:x-stainless-|user-agent$)/;
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * `fetch` for libraries that speak to one server: by the rules of the one way out, and the answer comes as a stream.
 * It follows no redirect and repeats nothing. What fails is a fault, without a path, a header or a body in it.
 */
export const nodeFetch = (options: NodeFetchOptions): NodeFetch => {
  const limits = { ...LIMITS, ...options.limits };
  const { origin } = new URL(options.origin);
  const judges = {
    networks: networks({ allowed: options.allowed ?? [], own: true }),
    resolve: options.resolve ?? systemResolve,
  };
  const pool = { keepAlive: true, maxSockets: 32, maxFreeSockets: 4, timeout: limits.wholeMs };
  const agents = {
    secure: new SecureAgent({ ...pool, ...(options.ca !== undefined && { ca: options.ca }) }),
    clear: new ClearAgent(pool),
  };

  const send = async (url: URL, init: RequestInit): Promise<Response> => {
    init.signal?.throwIfAborted();
    const secure = url.protocol === 'https:';
    const target = { host: url.hostname, secure };
    if (url.origin !== origin) throw refusedAddress(url.hostname, 'origin');
    judgeLiteral(judges.networks, target);
    const request = (secure ? secureRequest : clearRequest)(url, {
      agent: secure ? agents.secure : agents.clear,
      lookup: guardedLookup(judges, secure),
      method: init.method ?? 'GET',
      headers: headersOf(init),
    });
    const exchange = new StreamedExchange({
      request,
      limits,
      host: url.hostname,
      ...(init.signal && { signal: init.signal }),
      inspect(address) {
        const verdict = judges.networks.judge(address, secure);
        if (verdict !== 'fits') throw refusedAddress(url.hostname, verdict);
      },
    });
    return responseOf(await exchange.send(bodyOf(init)), exchange);
  };

  return {
    fetch: (input, init = {}) => send(new URL(input instanceof Request ? input.url : input), init),

    close() {
      agents.secure.destroy();
      agents.clear.destroy();
    },
  };
};

const bodyOf = ({ body }: RequestInit): string | Uint8Array | undefined => {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw fault('DEFECT_UNKNOWN', { details: { reason: 'body' } });
};

const headersOf = (init: RequestInit): Record<string, string> => {
  const given = [...new Headers(init.headers)].filter(([name]) => !TELLTALE.test(name));
  const body = bodyOf(init);
  return {
    ...Object.fromEntries(given),
    'user-agent': 'innkeeper',
    // What is sent packed may be a bomb; the limit counts what we read.
    'accept-encoding': 'identity',
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
  };
};

const responseOf = (answer: IncomingMessage, exchange: StreamedExchange): Response => {
  const { statusCode: status = 0, headers } = answer;
  if (status < 200 || status > 599) {
    answer.destroy();
    throw fault('OUTBOUND_UNANSWERED', { details: { reason: 'status' } });
  }
  const plain = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const each of [value ?? []].flat()) plain.append(name, each);
  if (WITHOUT_BODY.has(status)) answer.resume();
  const body = WITHOUT_BODY.has(status) ? null : exchange.read(answer);
  return new Response(body, { status, headers: plain });
};
