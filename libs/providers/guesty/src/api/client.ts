import { faultOfAnswer, isGone, isGood } from '#libs/foreign';
import { Secret, type Clock } from '#libs/kernel';
import type { Outbound, OutboundAnswer, OutboundRequest } from '#libs/ports/outbound';

import type { TokenKeeper, AccessToken } from './token-keeper.js';

export interface GuestyAnswer {
  readonly answer: OutboundAnswer;
  readonly askedAt: number;
}

export interface GuestyClient {
  /** A good answer, or `undefined` where there is nothing (any more). */
  get(entity: string, path: string, query?: GuestyQuery): Promise<GuestyAnswer | undefined>;
  /** Every answer as it is, but a token that has lapsed is renewed once. */
  ask(request: Omit<OutboundRequest, 'url'>, path: string): Promise<GuestyAnswer>;
}

export type GuestyQuery = Readonly<Record<string, string | number>>;

interface ClientOptions {
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly tokens: TokenKeeper;
  readonly url: string;
}

export const guestyClient = ({ outbound, clock, tokens, url }: ClientOptions): GuestyClient => {
  const sendWith = async (
    token: AccessToken,
    request: Omit<OutboundRequest, 'url'>,
    path: string,
  ): Promise<GuestyAnswer> => {
    const askedAt = clock.now();
    const authorization = new Secret(`Bearer ${token.secret.reveal()}`);
    const headers = { accept: 'application/json', ...request.headers, authorization };
    return { askedAt, answer: await outbound.send({ ...request, url: url + path, headers }) };
  };

  const ask: GuestyClient['ask'] = async (request, path) => {
    const token = await tokens.token();
    const first = await sendWith(token, request, path);
    if (first.answer.status !== 401) return first;
    // A request with a 401 was not done, so it may be sent again.
    return sendWith(await tokens.token(token), request, path);
  };

  return {
    ask,
    async get(entity, path, query = {}) {
      const asked = await ask({ method: 'GET' }, path + textOfQuery(query));
      if (isGood(asked.answer)) return asked;
      if (isGone(asked.answer)) return undefined;
      throw faultOfAnswer(asked.answer, { provider: 'guesty', entity });
    },
  };
};

const textOfQuery = (query: GuestyQuery): string => {
  const pairs = new URLSearchParams();
  for (const name in query) pairs.set(name, String(query[name]));
  return pairs.size > 0 ? `?${pairs.toString()}` : '';
};
