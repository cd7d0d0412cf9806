import { Agent as ClearAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';

import { Secret } from '#libs/kernel';
import type { Outbound, OutboundAnswer, OutboundRequest } from '#libs/ports/outbound';

import { exchange, type Limits } from './exchange.js';
import {
  guardedLookup,
  judgeLiteral,
  refusedAddress,
  systemResolve,
  type Resolve,
} from './guarded-lookup.js';
import { networks } from './networks.js';

export interface NodeOutboundOptions {
  /** Addresses and networks (`127.0.0.0/8`) that are no public ones and may be gone to, in clear text too. */
  readonly allowed?: readonly string[];
  /** Whether a server may stand on this machine or in a private network: only where a person named it. */
  readonly own?: boolean;
  readonly limits?: Partial<Limits>;
  readonly resolve?: Resolve;
  /** Trusted besides the system's own authorities, as PEM. */
  readonly ca?: string;
}

const LIMITS: Limits = {
  connectMs: 5_000,
  headersMs: 20_000,
  wholeMs: 60_000,
  answerBytes: 8 * 1024 * 1024,
};
const REDIRECTS = 3;
const REDIRECT = new Set([301, 302, 303, 307, 308]);

export interface NodeOutbound extends Outbound {
  /** Ends idle connections; what is under way ends by itself. */
  close(): void;
}

/** On Node's own HTTP client: it lets us judge an address between the look-up and the connection. */
export const nodeOutbound = (options: NodeOutboundOptions = {}): NodeOutbound => {
  const limits = { ...LIMITS, ...options.limits };
  const judges = {
    networks: networks({ allowed: options.allowed ?? [], own: options.own ?? false }),
    resolve: options.resolve ?? systemResolve,
  };
  const pool = { keepAlive: true, maxSockets: 16, maxFreeSockets: 4, timeout: 30_000 };
  const agents = {
    secure: new SecureAgent({ ...pool, ...(options.ca !== undefined && { ca: options.ca }) }),
    clear: new ClearAgent(pool),
  };

  const once = async (url: URL, request: OutboundRequest): Promise<OutboundAnswer> => {
    const target = { host: url.hostname, secure: url.protocol === 'https:' };
    judgeLiteral(judges.networks, target);
    return exchange({
      url,
      request,
      limits,
      options: {
        agent: target.secure ? agents.secure : agents.clear,
        lookup: guardedLookup(judges, target.secure),
      },
      inspect(address) {
        const verdict = judges.networks.judge(address, target.secure);
        if (verdict !== 'fits') throw refusedAddress(target.host, verdict);
      },
    });
  };

  return {
    async send(request) {
      let url = parsed(request.url);
      let sent = request;
      for (let hops = 0; ; hops++) {
        const answer = await once(url, sent);
        const next = request.method === 'GET' ? redirected(answer, url) : undefined;
        if (!next) return answer;
        if (hops === REDIRECTS) throw refusedAddress(url.hostname, 'redirects');
        if (next.origin !== url.origin) sent = withoutSecrets(sent);
        url = next;
      }
    },

    close() {
      agents.secure.destroy();
      agents.clear.destroy();
    },
  };
};

const parsed = (text: string, from?: URL): URL => {
  const url = URL.parse(text, from?.href);
  if (!url) throw refusedAddress('', 'malformed');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refusedAddress(url.hostname, 'scheme');
  // Names and passwords in an address end up in logs that are not ours.
  if (url.username || url.password) throw refusedAddress(url.hostname, 'credentials');
  return url;
};

const redirected = ({ status, headers }: OutboundAnswer, from: URL): URL | undefined => {
  const location = headers['location'];
  if (!REDIRECT.has(status) || location === undefined) return undefined;
  const url = parsed(location, from);
  if (from.protocol === 'https:' && url.protocol !== 'https:')
    throw refusedAddress(url.hostname, 'clear_text');
  return url;
};

const withoutSecrets = (request: OutboundRequest): OutboundRequest => ({
  ...request,
  headers: Object.fromEntries(
    Object.entries(request.headers ?? {}).filter(([, value]) => !(value instanceof Secret)),
  ),
});
