import type { Backoff } from '#libs/kernel';

/** Where messages go. The full name is `innkeeper.<environment>.<name>`; an adapter adds the front. */
export interface Topic {
  readonly name: string;
  readonly carries: string;
  /** Clear personal data may stand in it, so nothing of it is retained once acknowledged. */
  readonly clear: boolean;
}

/** Who consumes a topic: always ours, always with somewhere to put what cannot be handled. */
export interface Subscription {
  /** `<topic>--<consumer>`. */
  readonly name: string;
  readonly topic: Topic;
  readonly consumer: string;
  /** The role that owns the handler. */
  readonly role: string;
  /** Messages handed to the handler at once. */
  readonly batch: number;
  readonly ackDeadlineSeconds: number;
  readonly backoff: Backoff;
  /** How often a defect is tried before it becomes a dead letter. */
  readonly attempts: number;
  /**
   * A message that nobody acknowledges is lost after so many days. An acknowledged one is not kept at all. Missing:
   * `LONGEST_RETENTION_DAYS`, so that it waits through an outage.
   */
  readonly retentionDays?: number;
  /** Missing for the keeper of dead letters itself, which must never lose one to a second queue. */
  readonly deadLetter?: Topic;
}

/** The most that Pub/Sub has. */
export const LONGEST_RETENTION_DAYS = 31;

/**
 * What Pub/Sub moves to a dead letter topic itself has a clear body until the keeper has sealed it. While no keeper
 * runs, that body stays on the bus, but never longer than this.
 */
const CLEAR_LETTER_DAYS = 7;

const topic = (name: string, carries: string, { clear = false } = {}): Topic => ({
  name,
  carries,
  clear,
});

export const topics = {
  deliveries: topic('intake.deliveries.v1', 'raw bytes of what providers sent', { clear: true }),
  quarantine: topic('intake.quarantine.v1', 'deliveries whose origin is not proved', {
    clear: true,
  }),
  hints: topic('intake.hints.v1', 'something at a provider is worth looking up: ids only'),
  intakeFacts: topic('intake.facts.v1', 'envelopes of observations, without personal data'),
  catalogFacts: topic('catalog.facts.v1', 'envelopes of what people settled about records'),
  logFacts: topic('log.facts.v1', 'envelopes of the log’s own facts: eras, erasures'),
  records: topic('catalog.records.v1', 'signals: a record changed'),
  chat: topic('intake.chat.v1', 'of intake.facts.v1 only what was observed in the team’s chat'),
  gone: topic('catalog.gone.v1', 'of catalog.records.v1 only what says that a record is gone'),
} as const;

const subscription = (
  of: Topic,
  consumer: string,
  role: string,
  overrides: Partial<Pick<Subscription, 'batch' | 'attempts' | 'ackDeadlineSeconds'>> = {},
): Subscription => {
  const name = `${of.name}--${consumer}`;
  return {
    name,
    topic: of,
    consumer,
    role,
    batch: 256,
    ackDeadlineSeconds: 60,
    backoff: { first: 500, most: 60_000 },
    attempts: 5,
    deadLetter: topic(
      `${name}.dead-letter`,
      `what ${consumer} could not handle: sealed by us, or in clear where Pub/Sub gave it up`,
    ),
    ...overrides,
  };
};

export const subscriptions = {
  intakeOfDeliveries: subscription(topics.deliveries, 'intake', 'webhook-ingest'),
  keeperOfQuarantine: subscription(topics.quarantine, 'quarantine-keeper', 'webhook-ingest'),
  refreshOfHints: subscription(topics.hints, 'refresh', 'provider-sync'),
  captureOfHints: subscription(topics.hints, 'capture', 'change-stream-listener'),
  roomsOfHints: subscription(topics.hints, 'rooms', 'llm-responder'),
  roomsOfChat: subscription(topics.chat, 'rooms', 'llm-responder'),
  roomsOfGone: subscription(topics.gone, 'rooms', 'llm-responder'),
  indexOfRecords: subscription(topics.records, 'index', 'vectorizer', {
    // Of a long line each batch is noted with one commit and acknowledged with another.
    batch: 1000,
  }),
} as const;

const workSubscriptions: readonly Subscription[] = Object.values(subscriptions);

/** A keeper moves every dead letter into documents, sealed: Pub/Sub can neither list nor show one. */
export const deadLetterSubscriptions: readonly Subscription[] = workSubscriptions.flatMap((work) =>
  work.deadLetter
    ? [
        {
          name: `${work.deadLetter.name}--keeper`,
          topic: work.deadLetter,
          consumer: 'keeper',
          role: 'catalog',
          batch: 64,
          ackDeadlineSeconds: 60,
          backoff: { first: 500, most: 60_000 },
          attempts: Number.POSITIVE_INFINITY,
          retentionDays: CLEAR_LETTER_DAYS,
        },
      ]
    : [],
);

export const allSubscriptions: readonly Subscription[] = [
  ...workSubscriptions,
  ...deadLetterSubscriptions,
];

export const allTopics: readonly Topic[] = [
  ...Object.values(topics),
  ...workSubscriptions.flatMap((work) => work.deadLetter ?? []),
];

/** A redriven message goes to its topic again, but only this subscription's handler acts on it. */
export const REDRIVE_ATTRIBUTE = 'redrive';
