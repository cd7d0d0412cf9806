import type { Subscription } from '#libs/contracts';
import type { Message } from '#libs/ports/bus';

import type { CallOptions, Calls } from './calls.js';
import type { PubsubClients } from './client.js';
import { attributesOf, dataOf, publishedAtOf } from './messages.js';
import type { ReceivedMessage } from './pull-stream.js';

/** A message in this process's hands; its ack id is renewed when the server sends it again meanwhile. */
export interface Leased {
  readonly message: Message;
  ackId: string;
}

/** A request is at most 512 KiB; an ack id about 200 bytes. */
const IDS_IN_REQUEST = 1_000;
const REMEMBERED_FAILURES = 10_000;

export interface LeasesParts {
  readonly clients: PubsubClients;
  readonly calls: Calls;
  readonly subscription: Subscription;
  readonly path: string;
  readonly timeoutMs: number;
}

/** What this process has received and not yet settled: extended until it is acked or given back. */
export class MessageLeases {
  readonly #leased = new Map<string, Leased>();
  /** Attempts where the server does not count them: without a dead-letter policy it does not. */
  readonly #failures = new Map<string, number>();
  readonly #extending: NodeJS.Timeout;
  #closing = false;

  constructor(private readonly parts: LeasesParts) {
    const every = (this.parts.subscription.ackDeadlineSeconds * 1_000) / 3;
    this.#extending = setInterval(() => void this.#extend(), every);
    this.#extending.unref();
  }

  /** `undefined`: it is in our hands already, and stays where it is. */
  take({ ackId, message, deliveryAttempt }: ReceivedMessage): Leased | undefined {
    const id = message?.messageId;
    if (!ackId || !message || !id) return undefined;
    const known = this.#leased.get(id);
    if (known) {
      known.ackId = ackId;
      return undefined;
    }
    const leased = {
      ackId,
      message: {
        id,
        data: dataOf(message),
        attributes: attributesOf(message),
        publishedAt: publishedAtOf(message),
        attempt: deliveryAttempt || (this.#failures.get(id) ?? 0) + 1,
      },
    };
    this.#leased.set(id, leased);
    return leased;
  }

  /** Repeated for as long as the lease lasts: an ack that is lost is a message that comes again. */
  async ack(done: readonly Leased[]): Promise<void> {
    for (const { message } of done) this.#failures.delete(message.id);
    await this.#inRequests(done, this.#leaseMs(), (ackIds, options) =>
      this.parts.clients.subscriber.acknowledge({ subscription: this.parts.path, ackIds }, options),
    );
    this.#forget(done);
  }

  /** After `seconds`, and then the subscription's own back-off, they come again; 0 is a nack. */
  async giveBack(returned: readonly Leased[], seconds: number): Promise<void> {
    // First, so that no extension overtakes it.
    this.#forget(returned);
    await this.#modify(returned, seconds, this.parts.timeoutMs);
  }

  countFailure({ id, attempt }: Message): void {
    if (this.parts.subscription.deadLetter) return;
    this.#failures.set(id, attempt);
    if (this.#failures.size <= REMEMBERED_FAILURES) return;
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined) this.#failures.delete(oldest);
  }

  /** From now on an outage ends what is asked for, instead of delaying it. */
  closing(): void {
    this.#closing = true;
  }

  stop(): void {
    clearInterval(this.#extending);
  }

  #leaseMs(): number {
    return this.parts.subscription.ackDeadlineSeconds * 1_000;
  }

  async #extend(): Promise<void> {
    const all = [...this.#leased.values()];
    await this.#modify(all, this.parts.subscription.ackDeadlineSeconds, this.parts.timeoutMs);
  }

  #modify(leased: readonly Leased[], ackDeadlineSeconds: number, withinMs: number): Promise<void> {
    return this.#inRequests(leased, withinMs, (ackIds, options) =>
      this.parts.clients.subscriber.modifyAckDeadline(
        { subscription: this.parts.path, ackIds, ackDeadlineSeconds },
        options,
      ),
    );
  }

  /** A failure is not told: what the server did not hear ends with its lease and comes again. */
  async #inRequests(
    leased: readonly Leased[],
    withinMs: number,
    send: (ackIds: string[], options: CallOptions) => Promise<unknown>,
  ): Promise<void> {
    const requests: Promise<unknown>[] = [];
    for (let at = 0; at < leased.length; at += IDS_IN_REQUEST) {
      const ackIds = leased.slice(at, at + IDS_IN_REQUEST).map(({ ackId }) => ackId);
      // Few enough to be repeated through an outage, batches in work and one more; but nobody who
      // closes wants to wait for its end.
      const request = this.parts.calls.within(
        withinMs,
        this.parts.path,
        (options) => send(ackIds, options),
        { persists: () => !this.#closing },
      );
      requests.push(request);
    }
    await Promise.allSettled(requests);
  }

  #forget(settled: readonly Leased[]): void {
    for (const { message } of settled) this.#leased.delete(message.id);
  }
}
