import { base64Of, faultOfAnswer, isGone, isGood } from '#libs/foreign';
import { Secret, utf8, type Clock } from '#libs/kernel';
import type { Outbound, OutboundAnswer, OutboundRequest } from '#libs/ports/outbound';

export interface AircallApiOptions {
  /** Repeats and keeps Aircall's budget. */
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly apiId: string;
  readonly apiToken: Secret;
  readonly url?: string;
}

export interface AircallAnswer {
  readonly answer: OutboundAnswer;
  readonly askedAt: number;
}

export interface AircallClient {
  /** A good answer, or `undefined` where there is nothing (any more). */
  get(entity: string, path: string): Promise<AircallAnswer | undefined>;
  /** Every answer as it is: the caller reads its status. */
  ask(request: Omit<OutboundRequest, 'url'>, path: string): Promise<AircallAnswer>;
}

/** The API key belongs to the whole company; `Authorization: Basic` with id and token. */
export const aircallClient = (options: AircallApiOptions): AircallClient => {
  const { outbound, clock, url = 'https://api.aircall.io' } = options;
  const authorization = new Secret(
    `Basic ${base64Of(utf8(`${options.apiId}:${options.apiToken.reveal()}`))}`,
  );
  const ask: AircallClient['ask'] = async (request, path) => {
    const askedAt = clock.now();
    const headers = { accept: 'application/json', ...request.headers, authorization };
    return { askedAt, answer: await outbound.send({ ...request, url: url + path, headers }) };
  };
  return {
    ask,
    async get(entity, path) {
      const asked = await ask({ method: 'GET' }, path);
      if (isGood(asked.answer)) return asked;
      if (isGone(asked.answer)) return undefined;
      throw faultOfAnswer(asked.answer, { provider: 'aircall', entity });
    },
  };
};
