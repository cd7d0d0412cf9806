import type { protos } from '@google-cloud/pubsub';

import { LONGEST_RETENTION_DAYS, type Subscription } from '#libs/contracts';

import type { PubsubNames, PubsubOptions } from './client.js';

/** The service's own: 5 to 100. Our strategy publishes dead letters itself, long before. */
const MOST_ATTEMPTS = 100;
const LONGEST_BACKOFF_MS = 600_000;
const DAY_SECONDS = 24 * 60 * 60;
/** The emulators still know the bound of before. */
const EMULATOR_RETENTION_DAYS = 7;

const duration = (ms: number): protos.google.protobuf.IDuration => {
  const bounded = Math.min(LONGEST_BACKOFF_MS, Math.max(0, ms));
  return { seconds: Math.floor(bounded / 1_000), nanos: (bounded % 1_000) * 1e6 };
};

const retentionDays = (
  { retentionDays: days = LONGEST_RETENTION_DAYS }: Subscription,
  emulatorHost: string | undefined,
): number => (emulatorHost === undefined ? days : Math.min(days, EMULATOR_RETENTION_DAYS));

/**
 * A subscription as it must be on the server. The dead-letter policy is there because without one the
 * server counts no attempts.
 */
export const declaredSubscription = (
  subscription: Subscription,
  names: PubsubNames,
  { emulatorHost }: PubsubOptions,
): protos.google.pubsub.v1.ISubscription & { readonly name: string } => ({
  name: names.subscription(subscription),
  topic: names.topic(subscription.topic),
  ackDeadlineSeconds: subscription.ackDeadlineSeconds,
  messageRetentionDuration: { seconds: DAY_SECONDS * retentionDays(subscription, emulatorHost) },
  retainAckedMessages: false,
  // Without a time to live: by default a subscription nobody uses is deleted after 31 days.
  expirationPolicy: {},
  retryPolicy: {
    minimumBackoff: duration(subscription.backoff.first),
    maximumBackoff: duration(subscription.backoff.most),
  },
  ...(subscription.deadLetter && {
    deadLetterPolicy: {
      deadLetterTopic: names.topic(subscription.deadLetter),
      maxDeliveryAttempts: MOST_ATTEMPTS,
    },
  }),
});
