import { randomBytes } from 'node:crypto';

import { otherProviders } from './providers.js';
import { still } from './still.js';

export interface Addresses {
  readonly mongodbUrl: string;
  readonly pubsubHost: string;
  /** Where nothing listens, jobs sleep and everything else works. */
  readonly redisUrl?: string;
}

/** A deployment of its own on shared servers: every name in it is new. */
export const distributedSettings = ({
  mongodbUrl,
  pubsubHost,
  redisUrl = 'redis://127.0.0.1:1',
}: Addresses): Record<string, string> => {
  const name = `e2e${randomBytes(4).toString('hex')}`;
  return {
    INNKEEPER_ENVIRONMENT: name,
    ...still,
    ...otherProviders,
    INNKEEPER_AIRCALL_TOKENS: randomBytes(16).toString('hex'),
    INNKEEPER_API_SIGNING_KEY: randomBytes(32).toString('hex'),
    INNKEEPER_EVENT_LOG_KIND: 'mongodb',
    INNKEEPER_DOCUMENTS_KIND: 'mongodb',
    INNKEEPER_KEYS_KIND: 'mongodb',
    INNKEEPER_BUS_KIND: 'pubsub',
    INNKEEPER_JOB_QUEUE_KIND: 'bullmq',
    INNKEEPER_BULLMQ_URL: redisUrl,
    INNKEEPER_MONGODB_URL: mongodbUrl,
    INNKEEPER_MONGODB_DATABASE: name,
    INNKEEPER_KEYS_MONGODB_DATABASE: `${name}_keys`,
    INNKEEPER_MASTER_KEY: randomBytes(32).toString('hex'),
    INNKEEPER_PUBSUB_PROJECT: 'innkeeper-e2e',
    INNKEEPER_PUBSUB_EMULATOR_HOST: pubsubHost,
  };
};
