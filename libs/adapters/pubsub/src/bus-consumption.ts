import type { Subscription } from '#libs/contracts';
import type { BatchHandler, Consumption, MessageOutcome } from '#libs/ports/bus';

import type { Leased, MessageLeases } from './leases.js';
import { PullStream, type PullDuplex, type ReceivedMessage } from './pull-stream.js';

/** The service's own bound of one lease. */
const LONGEST_DELAY_SECONDS = 600;
const GATHER_MS = 3;
const OUTSTANDING_BYTES = 64 * 1024 * 1024;

export interface PubsubConsumptionParts {
  readonly subscription: Subscription;
  readonly path: string;
  readonly handler: BatchHandler;
  readonly concurrency: number;
  readonly leases: MessageLeases;
  readonly open: () => PullDuplex;
  readonly probe: () => Promise<void>;
  readonly closed: () => void;
}

/**
 * One subscription in work. What the stream brought waits here under a lease, one batch more than is in
 * work; a pause keeps leasing it, because giving it back would use up an attempt.
 */
export class PubsubConsumption implements Consumption {
  #paused = false;
  #closing = false;
  readonly #closed = Promise.withResolvers<void>();
  readonly #stream: PullStream;
  #waiting: Leased[] = [];
  #batches = 0;
  #unsettled = 0;
  #gathering: NodeJS.Timeout | undefined;

  constructor(private readonly parts: PubsubConsumptionParts) {
    const { subscription, path, concurrency, open, probe } = parts;
    this.#stream = new PullStream({
      request: {
        subscription: path,
        streamAckDeadlineSeconds: subscription.ackDeadlineSeconds,
        maxOutstandingMessages: subscription.batch * (concurrency + 1),
        maxOutstandingBytes: OUTSTANDING_BYTES,
        clientId: globalThis.crypto.randomUUID(),
      },
      open,
      probe,
      received: (messages) => this.#receive(messages),
    });
    this.#stream.start();
  }

  get paused(): boolean {
    return this.#paused;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#pumpSoon();
  }

  close(): Promise<void> {
    if (this.#closing) return this.#closed.promise;
    this.#closing = true;
    clearTimeout(this.#gathering);
    this.parts.leases.closing();
    this.#unsettled++;
    void this.#stream.stop().then(() => {
      this.#unsettled--;
      this.#giveBackWaiting();
      this.#settleIfIdle();
    });
    return this.#closed.promise;
  }

  #receive(messages: readonly ReceivedMessage[]): void {
    for (const received of messages) {
      const leased = this.parts.leases.take(received);
      if (leased) this.#waiting.push(leased);
    }
    this.#pumpSoon();
  }

  /** Servers send a few at a time: an incomplete batch waits a moment for more, a complete one goes. */
  #pumpSoon(): void {
    if (this.#closing) return;
    if (this.#waiting.length >= this.parts.subscription.batch) this.#pump();
    else if (this.#waiting.length > 0)
      this.#gathering ??= setTimeout(() => this.#pump(), GATHER_MS);
  }

  #pump(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    while (this.#hasRoom() && this.#waiting.length > 0)
      void this.#handle(this.#waiting.splice(0, this.parts.subscription.batch));
  }

  #hasRoom(): boolean {
    if (this.#paused || this.#closing) return false;
    return this.#batches < this.parts.concurrency && this.#unsettled <= this.parts.concurrency;
  }

  async #handle(batch: readonly Leased[]): Promise<void> {
    this.#batches++;
    let outcomes: readonly MessageOutcome[] = [];
    try {
      outcomes = await this.parts.handler(batch.map(({ message }) => message));
    } catch {
      // The strategy above logs and decides; here a throw is only "again, for all".
    }
    this.#batches--;
    this.#unsettled++;
    void this.#settle(batch, outcomes).finally(() => {
      this.#unsettled--;
      this.#pumpSoon();
      this.#settleIfIdle();
    });
    this.#pumpSoon();
  }

  async #settle(batch: readonly Leased[], outcomes: readonly MessageOutcome[]): Promise<void> {
    const done: Leased[] = [];
    const held: Leased[] = [];
    const again = new Map<number, Leased[]>();
    batch.forEach((leased, i) => {
      const outcome = outcomes[i];
      if (outcome?.outcome === 'done') done.push(leased);
      else if (outcome?.outcome === 'hold') held.push(leased);
      else {
        this.parts.leases.countFailure(leased.message);
        const seconds = this.#delaySeconds(leased.message.attempt, outcome?.afterMs ?? 0);
        again.set(seconds, [...(again.get(seconds) ?? []), leased]);
      }
    });
    this.#hold(held);
    await Promise.all([
      this.parts.leases.ack(done),
      ...[...again].map(([seconds, some]) => this.parts.leases.giveBack(some, seconds)),
    ]);
  }

  #hold(held: readonly Leased[]): void {
    if (held.length === 0) return;
    this.#paused = true;
    this.#waiting = [...held, ...this.#waiting];
    if (this.#closing) this.#giveBackWaiting();
  }

  /**
   * The subscription's own back-off follows every nack, and a nack frees the stream for others at once.
   * Only a longer delay keeps the lease for that time, in whole seconds.
   */
  #delaySeconds(attempt: number, afterMs: number): number {
    const { first, most } = this.parts.subscription.backoff;
    if (afterMs <= Math.min(most, first * 2 ** (attempt - 1))) return 0;
    return Math.min(LONGEST_DELAY_SECONDS, Math.ceil(afterMs / 1_000));
  }

  #giveBackWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    this.#unsettled++;
    void this.parts.leases.giveBack(waiting, 0).finally(() => {
      this.#unsettled--;
      this.#settleIfIdle();
    });
  }

  #settleIfIdle(): void {
    if (!this.#closing || this.#batches > 0 || this.#unsettled > 0) return;
    this.parts.leases.stop();
    this.parts.closed();
    this.#closed.resolve();
  }
}
