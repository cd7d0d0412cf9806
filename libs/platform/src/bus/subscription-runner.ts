import type { Subscription } from '#libs/contracts';
import { kindRules } from '#libs/kernel';
import type { Bus, Consumption, Message, MessageOutcome } from '#libs/ports/bus';

import type { Health } from '../health/health.js';
import type { Log, LogFields } from '../logs/log.js';
import { inSpan } from '../tracing/spans.js';
import { handleBatch, type Bury, type HandledBatch } from './handle-batch.js';
import type { React } from './reactor.js';

/** Told about each batch; metrics listen here. */
export type OnBatch = (subscription: Subscription, batch: HandledBatch, ms: number) => void;

export interface SubscriptionParts {
  readonly bus: Bus;
  readonly bury: Bury;
  readonly health: Health;
  readonly log: Log;
  readonly onBatch?: OnBatch;
  readonly probe?: { readonly firstMs: number; readonly mostMs: number };
  readonly setTimer?: (run: () => void, ms: number) => () => void;
}

const PROBE = { firstMs: 500, mostMs: 15_000 };

const unreferencedTimer = (run: () => void, ms: number): (() => void) => {
  const timer = setTimeout(run, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** A message of ours says its trace in one attribute, a CloudEvent in another. */
const causesOf = (messages: readonly Message[]) => () =>
  messages.map(({ attributes }) => attributes['traceparent'] ?? attributes['ce-traceparent']);

/** One subscription in work: pauses while something it needs is away, and looks again ever more rarely. */
export class SubscriptionRunner {
  #consumption: Consumption | undefined;
  #holds = 0;
  #cancelProbe: (() => void) | undefined;
  #closed = false;

  constructor(
    readonly subscription: Subscription,
    private readonly react: React,
    private readonly parts: SubscriptionParts,
  ) {}

  async start(): Promise<void> {
    const { bus, health } = this.parts;
    this.#consumption = await bus.consume(this.subscription, (messages) => this.#handle(messages));
    // A batch may have been held before `consume` answered.
    if (this.#holds === 0) health.role(this.subscription.role, this.subscription.name, true);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelProbe?.();
    await this.#consumption?.close();
  }

  async #handle(messages: readonly Message[]): Promise<readonly MessageOutcome[]> {
    const started = performance.now();
    const { subscription, react, parts } = this;
    const batch = await inSpan(`handle ${subscription.name}`, causesOf(messages), () =>
      handleBatch({ subscription, react, bury: parts.bury }, messages),
    );
    const ms = performance.now() - started;
    parts.onBatch?.(subscription, batch, ms);
    this.#write(batch, messages, ms);
    if (batch.held > 0) this.#hold(batch);
    else this.#recovered();
    return batch.outcomes;
  }

  #hold({ fault }: HandledBatch): void {
    const { health, log, probe = PROBE, setTimer = unreferencedTimer } = this.parts;
    const { role, name } = this.subscription;
    health.role(role, name, false, fault?.code);
    this.#consumption?.pause();
    if (this.#cancelProbe || this.#closed) return;
    const afterMs = Math.min(probe.mostMs, probe.firstMs * 2 ** this.#holds);
    this.#holds += 1;
    log.warn('subscription.paused', { subscription: name, role, afterMs, error: fault });
    this.#cancelProbe = setTimer(() => {
      this.#cancelProbe = undefined;
      this.#consumption?.resume();
    }, afterMs);
  }

  #recovered(): void {
    if (this.#holds === 0 || this.#cancelProbe) return;
    this.#holds = 0;
    const { role, name } = this.subscription;
    this.parts.health.role(role, name, true);
    this.parts.log.info('subscription.resumed', { subscription: name, role });
  }

  #write(batch: HandledBatch, messages: readonly Message[], ms: number): void {
    const { log } = this.parts;
    const subscription = this.subscription.name;
    log.debug('batch.handled', {
      subscription,
      count: messages.length,
      failed: batch.again,
      held: batch.held,
      dead: batch.buried,
      ms: Math.round(ms * 10) / 10,
    });
    for (const { message, act, cause, afterMs } of batch.failures)
      log[cause ? kindRules[cause.kind].level : 'warn']('message.failed', {
        subscription,
        outcome: act === 'buried' ? 'dead_letter' : 'again',
        attempt: message.attempt,
        ...idsOf(message),
        ...(afterMs !== undefined && { afterMs }),
        error: cause,
      });
  }
}

/** A message of ours is named by the delivery it carries, a CloudEvent by its fact. */
const idsOf = ({ id, attributes }: Message): LogFields => ({
  messageId: id,
  causation: attributes['ce-id'] ?? attributes['id'] ?? id,
  correlation: attributes['ce-correlationid'] ?? attributes['id'] ?? id,
});
