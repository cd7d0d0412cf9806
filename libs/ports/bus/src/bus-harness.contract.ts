import { randomUUID } from 'node:crypto';

import type { Subscription, Topic } from '#libs/contracts';
import { textOf, utf8 } from '#libs/kernel';

import type { Bus, Consumption, Message, MessageOutcome, OutgoingMessage } from './index.js';

/** `true`, or why not; for a reason the suite proves the opposite. */
export type Capability = true | string;

export interface BusCapabilities {
  /** What was published survives the back end's own restart. */
  readonly durable: Capability;
  /** `backlog` knows. */
  readonly backlog: Capability;
  /** Several processes can consume one subscription. */
  readonly sharing: Capability;
}

export type ClosableBus = Bus & { close(): Promise<void> };

export interface BusHarness {
  readonly capabilities: BusCapabilities;
  /** How long something that must happen may take before the behaviour has failed. */
  readonly patienceMs: number;
  /** A bus on this harness's back end, in place of the one before. */
  make(): Promise<ClosableBus>;
  /** One more at the same time, as another process would have it. */
  makeBeside(): Promise<ClosableBus>;
  /** Long enough for what must not happen to have happened. */
  settle(): Promise<void>;
  /** Ends the back end and starts it again with what it kept. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

/** A topic and subscriptions that no other behaviour knows. */
export const declare = (
  consumers: readonly string[] = ['a'],
  overrides: Partial<Subscription> = {},
): {
  topic: Topic;
  dead: Topic;
  all: Topic[];
  subscriptions: [Subscription, ...Subscription[]];
} => {
  const topic = { name: `suite.${randomUUID()}.v1`, carries: 'test messages', clear: false };
  const dead = { ...topic, name: `${topic.name}.dead-letter` };
  const subscriptions = consumers.map((consumer) => ({
    name: `${topic.name}--${consumer}`,
    topic,
    consumer,
    role: 'suite',
    batch: 10,
    ackDeadlineSeconds: 10,
    backoff: { first: 100, most: 400 },
    attempts: 5,
    deadLetter: dead,
    ...overrides,
  })) as unknown as [Subscription, ...Subscription[]];
  return { topic, dead, all: [topic, dead], subscriptions };
};

export const text = (body: string): OutgoingMessage => ({
  data: utf8(body),
  attributes: { kind: 'test' },
});
export const bodyOf = (message: Message): string => textOf(message.data);
export const numbered = (count: number, prefix = 'm'): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}`);

export const done: MessageOutcome = { outcome: 'done' };
export const hold: MessageOutcome = { outcome: 'hold' };
export const again = (afterMs = 0): MessageOutcome => ({ outcome: 'again', afterMs });

export interface Seen {
  readonly body: string;
  readonly attempt: number;
  readonly id: string;
  readonly at: number;
  readonly message: Message;
}

export type Decide = (message: Message) => MessageOutcome | Promise<MessageOutcome>;

export interface ConsumerSettings extends Pick<BusHarness, 'patienceMs'> {
  readonly concurrency?: number;
}

/** Consumes a subscription, remembers all it was handed, and can be waited for. */
export class Consumer {
  readonly seen: Seen[] = [];
  readonly batches: number[] = [];
  consumption: Consumption;
  readonly #watchers: (() => void)[] = [];

  private constructor(readonly patienceMs: number) {}

  static async start(
    { patienceMs, concurrency = 1 }: ConsumerSettings,
    bus: Bus,
    subscription: Subscription,
    decide: Decide = () => done,
  ): Promise<Consumer> {
    const consumer = new Consumer(patienceMs);
    const handle = async (messages: readonly Message[]) => {
      consumer.#remember(messages);
      return Promise.all(messages.map(async (message) => decide(message)));
    };
    consumer.consumption = await bus.consume(subscription, handle, { concurrency });
    return consumer;
  }

  get bodies(): string[] {
    return this.seen.map(({ body }) => body);
  }

  times(body: string): number {
    return this.bodies.filter((one) => one === body).length;
  }

  of(body: string): Seen[] {
    return this.seen.filter((one) => one.body === body);
  }

  /** Resolves as soon as the handler was called with what makes `met` true. */
  until(what: string, met: (consumer: this) => boolean): Promise<void> {
    return untilTogether(this, [this], what, () => met(this));
  }

  untilSeen(...bodies: readonly string[]): Promise<void> {
    return this.until(`to be handed ${bodies.slice(0, 5).join(', ')}`, ({ seen }) => {
      const known = new Set(seen.map(({ body }) => body));
      return bodies.every((body) => known.has(body));
    });
  }

  onHanded(check: () => void): void {
    this.#watchers.push(check);
  }

  #remember(messages: readonly Message[]): void {
    this.batches.push(messages.length);
    for (const message of messages) {
      const { attempt, id } = message;
      this.seen.push({ body: bodyOf(message), attempt, id, at: Date.now(), message });
    }
    for (const check of this.#watchers) check();
  }
}

/** Several consumers, watched until what they were handed together is enough. */
export const untilTogether = (
  { patienceMs }: { readonly patienceMs: number },
  consumers: readonly Consumer[],
  what: string,
  met: () => boolean,
): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    const late = () => {
      const handed = JSON.stringify(consumers.map(({ bodies }) => bodies.slice(0, 50)));
      reject(new Error(`Waited ${patienceMs} ms ${what}; was handed ${handed}`));
    };
    const timer = setTimeout(late, patienceMs);
    const check = () => {
      if (!met()) return;
      clearTimeout(timer);
      resolve();
    };
    for (const consumer of consumers) consumer.onHanded(check);
    check();
  });

/** A promise that a test opens by hand: a handler waits at it. */
export const gate = (): { readonly passed: Promise<void>; open(): void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
};

/** Whether it is settled by the end of this turn of the event loop. */
export const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  const turn = new Promise<'pending'>((resolve) => setImmediate(() => resolve('pending')));
  return (await Promise.race([promise.then(() => 'settled'), turn])) === 'settled';
};
