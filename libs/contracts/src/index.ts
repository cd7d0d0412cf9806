export * from './facts/index.js';
export { agentReported, type ReportedByAgent } from './agent-report.js';
export {
  fromCloudEvent,
  toCloudEvent,
  type CloudEventMessage,
  type FactEnvelope,
} from './cloud-event.js';
export {
  attributesBeforeMove,
  deadLetter,
  LETTER_ATTRIBUTE,
  movedAfterAttempts,
  type DeadLetter,
} from './dead-letter.js';
export { decodeDelivery } from './decode-delivery.js';
export {
  BACKFILLED,
  BODY_LIMIT,
  deliveryStreamOf,
  encodeDelivery,
  type Delivery,
} from './delivery.js';
export { ownIdOf } from './entity-id.js';
export {
  defineFact,
  type Fact,
  type FactData,
  type FactDefinition,
  type FactMeta,
  type FactPersonal,
  type NewFact,
} from './fact.js';
export {
  feedSourceOf,
  FROM_FEED,
  isBefore,
  MOST_ENTRIES,
  orderOf,
  streamOfLife,
  type FeedDelivery,
  type FeedEntry,
  type FeedTime,
  type GoneReason,
} from './feed-delivery.js';
export {
  freezeFacts,
  FROZEN_LOCK,
  type FreezeParts,
  type FreezeReport,
} from './freeze/freeze-facts.js';
export { type FrozenFact } from './freeze/freeze-fact.js';
export { allJobKinds, jobs, kindsOf, type JobKind } from './jobs.js';
export { readFeed, type ReadEntry, type ReadFeed } from './read-feed.js';
export {
  entityHint,
  readHint,
  readSignal,
  recordSignal,
  type EntityHint,
  type RecordSignal,
} from './signal.js';
export {
  allSubscriptions,
  allTopics,
  deadLetterSubscriptions,
  LONGEST_RETENTION_DAYS,
  REDRIVE_ATTRIBUTE,
  subscriptions,
  topics,
  type Subscription,
  type Topic,
} from './topics.js';
