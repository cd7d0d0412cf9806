import { z } from 'zod';

import { choice, setting } from './setting.js';
import { hostAndPort, keySecret, plainUrl, secret, word } from './values.js';

const mongodbUrl = setting(
  {
    name: 'INNKEEPER_MONGODB_URL',
    means: 'The replica set, with user and password if it needs them.',
    expects: 'mongodb://… or mongodb+srv://…',
    secret: true,
  },
  z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/.+/)
    .pipe(secret),
);
const mongodb = {
  url: mongodbUrl,
  database: setting(
    {
      name: 'INNKEEPER_MONGODB_DATABASE',
      means: 'Database of the log and the documents.',
      expects: 'letters, digits, hyphens and underscores',
      byDefault: 'innkeeper',
    },
    word,
  ),
};

export const eventLog = choice(
  { name: 'INNKEEPER_EVENT_LOG_KIND', means: 'What keeps the log.', byDefault: 'sqlite' },
  { sqlite: {}, mongodb },
);

/** Firestore, for all documents that are kept there. */
export const firestore = {
  project: setting(
    {
      name: 'INNKEEPER_FIRESTORE_PROJECT',
      means: 'Google Cloud project of Firestore.',
      expects: 'a project id',
    },
    word,
  ),
  emulatorHost: setting(
    {
      name: 'INNKEEPER_FIRESTORE_EMULATOR_HOST',
      means: 'Firestore’s emulator instead of the real one.',
      expects: 'host:port',
    },
    hostAndPort.optional(),
  ),
};

export const documents = choice(
  { name: 'INNKEEPER_DOCUMENTS_KIND', means: 'What keeps the records.', byDefault: 'sqlite' },
  {
    sqlite: {},
    mongodb,
    firestore,
  },
);

export const bus = choice(
  { name: 'INNKEEPER_BUS_KIND', means: 'What carries messages.', byDefault: 'sqlite' },
  {
    sqlite: {},
    pubsub: {
      project: setting(
        {
          name: 'INNKEEPER_PUBSUB_PROJECT',
          means: 'Google Cloud project of Pub/Sub.',
          expects: 'a project id',
        },
        word,
      ),
      emulatorHost: setting(
        {
          name: 'INNKEEPER_PUBSUB_EMULATOR_HOST',
          means: 'Pub/Sub’s emulator instead of the real one.',
          expects: 'host:port',
        },
        hostAndPort.optional(),
      ),
    },
  },
);

const masterKeyNote = {
  name: 'INNKEEPER_MASTER_KEY',
  means: 'Wraps every other key. Losing it loses all personal data.',
  expects: '32 bytes as 64 hex digits or as base64',
  defaultNote: 'embedded: made in data/secrets/',
  secret: true,
} as const;

export const keys = choice(
  {
    name: 'INNKEEPER_KEYS_KIND',
    means: 'What keeps the keys of streams, apart from what they seal.',
    byDefault: 'sqlite',
  },
  {
    sqlite: { masterKey: setting(masterKeyNote, keySecret.optional()) },
    mongodb: {
      url: mongodbUrl,
      database: setting(
        {
          name: 'INNKEEPER_KEYS_MONGODB_DATABASE',
          means: 'Database of the keys; never the one of the log, so that backups stay apart.',
          expects: 'letters, digits, hyphens and underscores',
          byDefault: 'innkeeper_keys',
        },
        word,
      ),
      masterKey: setting(masterKeyNote, keySecret),
    },
  },
);

export const jobQueue = choice(
  {
    name: 'INNKEEPER_JOB_QUEUE_KIND',
    means: 'What wakes jobs; it holds no work itself.',
    byDefault: 'sqlite',
  },
  {
    sqlite: {},
    bullmq: {
      url: setting(
        {
          name: 'INNKEEPER_BULLMQ_URL',
          means: 'Redis for BullMQ, with user and password if it needs them.',
          expects: 'redis://… or rediss://…',
          secret: true,
        },
        z
          .string()
          .regex(/^rediss?:\/\/.+/)
          .pipe(secret),
      ),
    },
  },
);

export const searchIndex = choice(
  {
    name: 'INNKEEPER_SEARCH_INDEX_KIND',
    means: 'What finds passages; made from the records, and made again from them.',
    byDefault: 'sqlite',
  },
  {
    sqlite: {},
    qdrant: {
      url: setting(
        {
          name: 'INNKEEPER_QDRANT_URL',
          means: 'Qdrant 1.17 or later; without a port it is 6333.',
          expects: 'http://… or https://… without user, password and query',
        },
        plainUrl.refine((text) => new URL(text).search === ''),
      ),
      apiKey: setting(
        {
          name: 'INNKEEPER_QDRANT_API_KEY',
          means: 'A key that may make and drop collections.',
          expects: 'a key of printable letters',
          defaultNote: 'none',
          secret: true,
        },
        z
          .string()
          .regex(/^[\x21-\x7e]+$/)
          .pipe(secret)
          .optional(),
      ),
    },
  },
);
