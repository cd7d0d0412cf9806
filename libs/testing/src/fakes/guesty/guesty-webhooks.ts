import { createHash, createHmac } from 'node:crypto';

import type { Clock } from '#libs/kernel';

import type { FakeAnswer } from '../web/fake-server.js';
import { Losses } from '../web/losses.js';
import { Outbox, postWithin, type Letter, type Post, type Posted } from '../web/outbox.js';
import { parsedBody, type Routes } from '../web/routes.js';
import type { Thing } from './guesty-state.js';

interface FakeWebhook {
  readonly _id: string;
  readonly accountId: string;
  readonly url: string;
  events: readonly string[];
}

interface Endpoint {
  readonly secret: string;
  /** Asked for once before it is there. */
  isAsked: boolean;
  disabled: boolean;
  failingSince?: number | undefined;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DELAYS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];
const DISABLED_AFTER = 5 * 24 * HOUR;
/** Phased out: a registration with one of them is refused as a whole. */
const REFUSED = new Set([
  'reservation.new',
  'reservation.updated',
  'payments.invalidSecondBcomCard',
]);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export const svixSigned = (
  message: { readonly id: string; readonly body: string },
  secret: string,
  now: number,
): Posted => {
  const timestamp = String(Math.floor(now / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const content = `${message.id}.${timestamp}.${message.body}`;
  const signature = createHmac('sha256', key).update(content).digest('base64');
  return {
    body: message.body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Svix-Webhooks/1.0',
      'svix-id': message.id,
      'svix-timestamp': timestamp,
      'svix-signature': `v1,${signature}`,
    },
  };
};

/** The webhooks of an account, sent by Svix: what it knows of an endpoint, the API does not show. */
export class GuestyWebhooks {
  readonly losses = new Losses();
  readonly all = new Map<string, FakeWebhook>();
  readonly outbox: Outbox;
  readonly #endpoints = new Map<string, Endpoint>();
  #made = 0;
  #messages = 0;

  constructor(
    private readonly clock: Clock,
    post: Post = postWithin(15_000),
  ) {
    this.outbox = new Outbox({
      clock,
      post,
      delayAfter: (failures) => DELAYS[failures - 1],
      onFailed: ({ url }) => this.#failed(url),
      onSent: ({ url }) => this.#sent(url),
    });
  }

  create(url: string, events: readonly string[]): FakeWebhook {
    const _id = digest(`webhook ${++this.#made}`).toString('hex').slice(0, 24);
    const webhook = { _id, accountId: '64a0b1c2d3e4f5a6b7c8d9e0', url, events };
    this.all.set(_id, webhook);
    const secret = `whsec_${digest(`secret ${this.#made}`).toString('base64')}`;
    this.#endpoints.set(url, { secret, isAsked: false, disabled: false });
    return webhook;
  }

  secretOf(url: string): string | undefined {
    return this.#endpoints.get(url)?.secret;
  }

  /** Nobody is told any more, and no API says so. */
  deactivate(): void {
    for (const endpoint of this.#endpoints.values()) endpoint.disabled = true;
  }

  async announce(event: string, body: Thing): Promise<void> {
    if (this.losses.takes(event)) return;
    for (const { url, events } of this.all.values()) {
      if (!events.includes(event)) continue;
      const endpoint = this.#endpoints.get(url);
      if (!endpoint || endpoint.disabled) {
        this.losses.lost.push(event);
        continue;
      }
      const id = `msg_${digest(`message ${++this.#messages}`).toString('hex').slice(0, 27)}`;
      const message = { id, body: JSON.stringify(body) };
      await this.outbox.send({ url, make: (now) => svixSigned(message, endpoint.secret, now) });
    }
  }

  routes(): Routes {
    const known = (id = ''): FakeWebhook | undefined => this.all.get(id);
    const refusal = (events: readonly string[]): FakeAnswer | undefined =>
      events.length === 0 || events.some((event) => REFUSED.has(event))
        ? { status: 400, body: { error: 'events must be one of the following values' } }
        : undefined;
    return {
      'GET /v1/webhooks': () => ({ status: 200, body: [...this.all.values()] }),
      'POST /v1/webhooks': (request) => {
        const { url, events } = parsedBody(request) as { url: string; events: string[] };
        return refusal(events) ?? { status: 201, body: this.create(url, events) };
      },
      'PUT /v1/webhooks/:id': (request, { id }) => {
        const webhook = known(id);
        const { events } = parsedBody(request) as { events: string[] };
        if (!webhook) return { status: 404 };
        const refused = refusal(events);
        if (!refused) webhook.events = events;
        return refused ?? { status: 200, body: webhook };
      },
      'DELETE /v1/webhooks/:id': (_request, { id = '' }) => {
        const webhook = known(id);
        this.all.delete(id);
        const isLast = ![...this.all.values()].some(({ url }) => url === webhook?.url);
        if (webhook && isLast) this.#endpoints.delete(webhook.url);
        return { status: webhook ? 204 : 404 };
      },
      'GET /v1/webhooks-v2/secret': ({ query }) => {
        const endpoint = this.#endpoints.get(query.get('url') ?? '');
        const isThere = endpoint?.isAsked === true;
        if (endpoint) endpoint.isAsked = true;
        return isThere ? { status: 200, body: { key: endpoint.secret } } : { status: 404 };
      },
    };
  }

  #failed(url: string): void {
    const endpoint = this.#endpoints.get(url);
    if (!endpoint) return;
    endpoint.failingSince ??= this.clock.now();
    if (this.clock.now() - endpoint.failingSince >= DISABLED_AFTER) endpoint.disabled = true;
  }

  #sent(url: Letter['url']): void {
    const endpoint = this.#endpoints.get(url);
    if (endpoint) endpoint.failingSince = undefined;
  }
}
