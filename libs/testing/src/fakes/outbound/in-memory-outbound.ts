import { fault, Secret, utf8 } from '#libs/kernel';
import type { Outbound, OutboundAnswer, OutboundRequest } from '#libs/ports/outbound';

export interface Received {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Given {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `unanswered`: it arrived and no whole answer came back. `unreachable`: nobody is there. */
export type Behaviour = (request: Received) => Given | 'unanswered' | 'unreachable';

const shown = (value: string | Secret): string =>
  value instanceof Secret ? value.reveal() : value;

const lowered = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const refused = (host: string) => fault('OUTBOUND_ADDRESS_REFUSED', { details: { host } });

const parsed = (text: string, from?: URL): URL => {
  const url = URL.parse(text, from?.href);
  if (!url || !/^https?:$/.test(url.protocol) || url.username) throw refused(url?.hostname ?? '');
  return url;
};

/** An outbound client without a network: `behave` is every server there is. */
export const inMemoryOutbound = (behave: Behaviour, { keepsSecrets = true } = {}): Outbound => {
  const once = (url: URL, request: OutboundRequest): OutboundAnswer => {
    const headers = Object.entries(request.headers ?? {}).map(([name, of]) => [name, shown(of)]);
    const given = behave({
      origin: url.origin,
      method: request.method,
      path: url.pathname + url.search,
      headers: Object.fromEntries(headers) as Record<string, string>,
      body: shown(request.body ?? ''),
    });
    const details = { host: url.hostname };
    if (given === 'unreachable') throw fault('OUTBOUND_UNREACHABLE', { details });
    if (given === 'unanswered') throw fault('OUTBOUND_UNANSWERED', { details });
    const body = new Uint8Array(utf8(given.body ?? ''));
    if (body.length > (request.largestAnswer ?? Infinity))
      throw fault('OUTBOUND_ANSWER_TOO_LARGE', { details });
    return { status: given.status, headers: lowered(given.headers), body };
  };

  const follow = (request: OutboundRequest, url: URL, hops: number): OutboundAnswer => {
    const answer = once(url, request);
    const { location } = answer.headers;
    const isRedirect = answer.status > 300 && answer.status < 309 && location !== undefined;
    if (request.method !== 'GET' || !isRedirect) return answer;
    if (hops === 3) throw refused(url.hostname);
    const next = parsed(location, url);
    const kept = Object.entries(request.headers ?? {}).filter(
      ([, value]) => next.origin === url.origin || !keepsSecrets || !(value instanceof Secret),
    );
    return follow({ ...request, headers: Object.fromEntries(kept) }, next, hops + 1);
  };

  return { send: async (request) => follow(request, parsed(request.url), 0) };
};
