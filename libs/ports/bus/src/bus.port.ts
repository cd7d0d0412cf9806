import type { Subscription, Topic } from '#libs/contracts';

export interface OutgoingMessage {
  readonly data: Uint8Array;
  /** Values of at most 1,024 bytes, names of at most 256: Pub/Sub's own limits. Never personal. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Message extends OutgoingMessage {
  /** The bus's own id of this message; the same on every redelivery. */
  readonly id: string;
  readonly publishedAt: number;
  /** 1 on the first delivery. Only a failed handling counts; an outage or a pause does not. */
  readonly attempt: number;
}

/**
 * What becomes of one message. `done`: never again. `again`: after the delay, as one more attempt.
 * `hold`: not handled because something it needs is away: it stays with the subscription, no attempt
 * is used, and the consumption pauses until `resume`.
 */
export type MessageOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'again'; readonly afterMs: number }
  | { readonly outcome: 'hold' };

/** Gets a batch, gives one outcome each, in order. A throw counts as `again` for all. */
export type BatchHandler = (messages: readonly Message[]) => Promise<readonly MessageOutcome[]>;

export interface Consumption {
  /** Stops handing out messages; what is in work goes on. */
  pause(): void;
  resume(): void;
  readonly paused: boolean;
  /** Stops handing out, waits until what is in work has its outcome, then lets go. */
  close(): Promise<void>;
}

export interface Backlog {
  /** All that is not done: also what is in work, delayed or held. */
  readonly waiting: number;
  /** Age of the oldest waiting message in ms; 0 when none waits. */
  readonly oldestMs: number;
}

/**
 * Carries messages from a topic to each of its subscriptions.
 *
 * Order: none. Delivery: at least once; it may repeat, delay and reorder.
 * Durability: when `publish` answers, every existing subscription of the topic has the messages, and
 * they survive the loss of power. A topic without subscriptions keeps nothing.
 * Failure: `BUS_UNAVAILABLE`, `STORE_FULL`, `BUS_TOPIC_UNKNOWN`, `BUS_MESSAGE_TOO_LARGE`. After
 * `BUS_UNAVAILABLE` the outcome is unknown: some may have been published.
 */
export interface Bus {
  publish(topic: Topic, messages: readonly OutgoingMessage[]): Promise<void>;

  /** At most `concurrency` batches in work at once (1 unless told). One consumption per subscription and process. */
  consume(
    subscription: Subscription,
    handler: BatchHandler,
    options?: { readonly concurrency?: number },
  ): Promise<Consumption>;

  /** Makes what is missing of the registry; changes nothing that is there. */
  create(topics: readonly Topic[], subscriptions: readonly Subscription[]): Promise<void>;

  /** Names of what the registry declares and the bus does not have. */
  missing(
    topics: readonly Topic[],
    subscriptions: readonly Subscription[],
  ): Promise<readonly string[]>;

  /** `undefined`: this bus cannot tell (Pub/Sub tells only its monitoring). */
  backlog(subscription: Subscription): Promise<Backlog | undefined>;
}
