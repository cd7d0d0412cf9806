import { createHash } from 'node:crypto';

import type { Clock } from '#libs/kernel';

import { Losses } from '../web/losses.js';
import { Outbox, postWithin, type Letter, type Post } from '../web/outbox.js';
import type { Thing } from './aircall-state.js';

export interface FakeWebhook {
  readonly webhook_id: string;
  readonly id: number;
  readonly created_at: string;
  readonly token: string;
  url: string;
  active: boolean;
  events: readonly string[];
  custom_name: string | null;
}

/** Three texts of the provider say 10, 50 consecutive and 50 per event; the strictest is what hurts most. */
const DISABLED_AFTER = 10;
const RETRIES = 50;
const RETRY_MS = 60_000;

/** The webhooks of a company: tokens, retries, and the switch that turns one off after failures. */
export class AircallWebhooks {
  readonly losses = new Losses();
  readonly all = new Map<string, FakeWebhook>();
  readonly outbox: Outbox;
  readonly #failures = new Map<string, number>();
  #made = 0;

  constructor(
    private readonly clock: Clock,
    post: Post = postWithin(5_000),
  ) {
    const of = (letter: Letter): FakeWebhook | undefined =>
      [...this.all.values()].find(({ url }) => url === letter.url);
    this.outbox = new Outbox({
      clock,
      post,
      delayAfter: (failures) => (failures < RETRIES ? RETRY_MS : undefined),
      onFailed: (letter) => this.#failed(of(letter)),
      onSent: (letter) => this.#sent(of(letter)),
    });
  }

  create(wanted: {
    url: string;
    events: readonly string[];
    custom_name: string | null;
  }): FakeWebhook {
    const hash = createHash('sha256').update(`webhook ${++this.#made}`).digest('hex');
    const parts = [
      hash.slice(0, 8),
      hash.slice(8, 12),
      '4' + hash.slice(13, 16),
      'a' + hash.slice(17, 20),
    ];
    const webhook: FakeWebhook = {
      webhook_id: [...parts, hash.slice(20, 32)].join('-'),
      id: 70_000 + this.#made,
      created_at: new Date(this.clock.now()).toISOString(),
      token: hash.slice(32),
      active: true,
      ...wanted,
    };
    this.all.set(webhook.webhook_id, webhook);
    return webhook;
  }

  /** Tells every active webhook that wants to hear it. Lost or unheard events never come again. */
  async announce(event: string, data: Thing): Promise<void> {
    if (this.losses.takes(event)) return;
    const timestamp = Math.floor(this.clock.now() / 1000);
    const resource = event.split('.')[0];
    for (const { url, token, active, events } of this.all.values()) {
      if (!events.includes(event)) continue;
      if (!active) {
        this.losses.lost.push(event);
        continue;
      }
      const body = JSON.stringify({ resource, event, timestamp, token, data });
      const headers = { 'content-type': 'application/json', 'aircall-origin': 'webhooks' };
      await this.outbox.send({ url, make: () => ({ headers, body }) });
    }
  }

  deactivate(): void {
    for (const webhook of this.all.values()) webhook.active = false;
  }

  #failed(webhook: FakeWebhook | undefined): void {
    if (!webhook) return;
    const failures = (this.#failures.get(webhook.webhook_id) ?? 0) + 1;
    this.#failures.set(webhook.webhook_id, failures);
    if (failures >= DISABLED_AFTER) webhook.active = false;
  }

  /** One success within the time of its retries turns it on again. */
  #sent(webhook: FakeWebhook | undefined): void {
    if (!webhook) return;
    if ((this.#failures.get(webhook.webhook_id) ?? 0) >= DISABLED_AFTER) webhook.active = true;
    this.#failures.set(webhook.webhook_id, 0);
  }
}
