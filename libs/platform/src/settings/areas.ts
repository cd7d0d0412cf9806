import { z } from 'zod';

import { builtRoles } from '../roles.js';
import { backup, backupDocuments } from './backup.js';
import { backupWatch } from './backup-watch.js';
import { bus, documents, eventLog, jobQueue, keys, searchIndex } from './adapters.js';
import { answers } from './answers.js';
import { chat } from './chat.js';
import { company } from './company.js';
import { follow } from './follow.js';
import { generic } from './generic-sources.js';
import { chatModel, embedder, reranker } from './models.js';
import { providerAreas } from './provider-areas.js';
import { rights } from './rights.js';
import { serverFleet } from './server-fleet.js';
import { setting } from './setting.js';
import { addressOrNetwork, list, plainUrl, secret, whole, yesOrNo } from './values.js';

const http = z.object({
  host: setting(
    {
      name: 'INNKEEPER_HTTP_HOST',
      means: 'Address the doors listen on.',
      expects: 'a host name or an address',
      byDefault: '127.0.0.1',
    },
    z.string().regex(/^[A-Za-z0-9.:_-]+$/),
  ),
  port: setting(
    {
      name: 'INNKEEPER_HTTP_PORT',
      means: 'Port the doors listen on; 0 picks a free one and prints it.',
      expects: 'a whole number from 0 to 65535',
      byDefault: '3000',
    },
    whole(0, 65_535),
  ),
  trustedProxies: setting(
    {
      name: 'INNKEEPER_HTTP_TRUSTED_PROXIES',
      means:
        'Proxies whose X-Forwarded headers are believed about who calls; without any, it is who connects.',
      expects: 'addresses or networks (10.0.1.0/24), separated by commas',
      defaultNote: 'none',
    },
    list
      .pipe(z.array(addressOrNetwork))
      .optional()
      .transform((proxies): readonly string[] => proxies ?? []),
  ),
});

const process = z.object({
  dataDir: setting(
    {
      name: 'INNKEEPER_DATA_DIR',
      means: 'Directory of the embedded parts; one process uses it at a time.',
      expects: 'a path',
      byDefault: './data',
    },
    z.string(),
  ),
  roles: setting(
    {
      name: 'INNKEEPER_ROLES',
      means: `Which roles this process runs (${builtRoles.join(', ')}); empty means all.`,
      expects: `names out of ${builtRoles.join(', ')}, separated by commas`,
      byDefault: builtRoles.join(','),
    },
    list.pipe(z.array(z.enum(builtRoles)).min(1)).transform((roles) => [...new Set(roles)]),
  ),
  environment: setting(
    {
      name: 'INNKEEPER_ENVIRONMENT',
      means: 'Part of topic names, so that two deployments can share one project.',
      expects: 'lower-case letters, digits and hyphens',
      byDefault: 'local',
    },
    z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  ),
  shutdownSeconds: setting(
    {
      name: 'INNKEEPER_SHUTDOWN_SECONDS',
      means: 'How long a stop waits for running work before it gives up.',
      expects: 'a whole number of seconds from 1 to 600',
      byDefault: '25',
    },
    whole(1, 600),
  ),
});

const api = z.object({
  signingKey: setting(
    {
      name: 'INNKEEPER_API_SIGNING_KEY',
      means: 'Signs the tokens of operators.',
      expects: 'at least 32 characters',
      defaultNote: 'embedded: made in data/secrets/',
      secret: true,
    },
    z.string().min(32).pipe(secret).optional(),
  ),
  metricsOpen: setting(
    {
      name: 'INNKEEPER_METRICS_OPEN',
      means: 'Whether /metrics answers without a token.',
      expects: 'true or false',
      byDefault: 'false',
    },
    yesOrNo,
  ),
});

const intake = z.object({
  rawRetentionDays: setting(
    {
      name: 'INNKEEPER_RAW_RETENTION_DAYS',
      means: 'How long the raw bytes of a delivery are kept, sealed.',
      expects: 'a whole number of days from 1 to 3650',
      byDefault: '30',
    },
    whole(1, 3650),
  ),
  quarantineMaxBytes: setting(
    {
      name: 'INNKEEPER_QUARANTINE_MAX_BYTES',
      means:
        'How much the quarantine stores, sealed bytes and 1 KiB for each entry; what exceeds it is dropped and counted.',
      expects: 'a whole number of bytes, at least 1048576',
      byDefault: '104857600',
    },
    whole(1_048_576, 1_000_000_000_000),
  ),
  quarantineRetentionDays: setting(
    {
      name: 'INNKEEPER_QUARANTINE_RETENTION_DAYS',
      means: 'How long a delivery that could not be proved waits for the right secret.',
      expects: 'a whole number of days from 1 to 365',
      byDefault: '7',
    },
    whole(1, 365),
  ),
});

const canary = z.object({
  seconds: setting(
    {
      name: 'INNKEEPER_CANARY_SECONDS',
      means: 'How often a canary goes through each door; 0 is off.',
      expects: 'a whole number of seconds from 0 to 86400',
      byDefault: '60',
    },
    whole(0, 86_400),
  ),
  url: setting(
    {
      name: 'INNKEEPER_CANARY_URL',
      means: 'Address of the door for the canary, if the door is in another process.',
      expects: 'http://… or https://… without a user',
    },
    plainUrl.optional(),
  ),
});

const observing = z.object({
  logLevel: setting(
    {
      name: 'INNKEEPER_LOG_LEVEL',
      means: 'Lowest level that is written.',
      expects: 'one of debug, info, warn, error, silent',
      byDefault: 'info',
    },
    z.enum(['debug', 'info', 'warn', 'error', 'silent']),
  ),
  tracesUrl: setting(
    {
      name: 'INNKEEPER_TRACES_URL',
      means: 'Where traces go, by OTLP over HTTP; without it no traces are made.',
      expects: 'http://… or https://… without a user',
    },
    plainUrl.optional(),
  ),
  otlpEndpoint: setting(
    {
      name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      means: 'OpenTelemetry’s own name for the same; `/v1/traces` is added to it.',
      expects: 'http://… or https://… without a user, and not INNKEEPER_TRACES_URL besides',
    },
    plainUrl.optional(),
  ),
});

const operations = z.object({
  publicUrl: setting(
    {
      name: 'INNKEEPER_PUBLIC_URL',
      means:
        'Where providers reach the doors. With it the platform checks and repairs their webhooks through their APIs.',
      expects: 'http://… or https://… without a user',
    },
    plainUrl.optional(),
  ),
  alertsUrl: setting(
    {
      name: 'INNKEEPER_ALERTS_URL',
      means: 'Address that gets a POST of JSON when an alert is raised or cleared.',
      expects: 'http://… or https://…',
      secret: true,
    },
    z
      .url({ protocol: /^https?$/ })
      .pipe(secret)
      .optional(),
  ),
});

const outbound = z.object({
  allowed: setting(
    {
      name: 'INNKEEPER_OUTBOUND_ALLOWED',
      means: 'Addresses and networks that are not public but allowed, in clear text too.',
      expects: 'addresses or networks (10.0.0.0/8), separated by commas',
    },
    list
      .pipe(z.array(z.string().regex(/^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/)))
      .optional()
      .transform((allowed) => allowed ?? []),
  ),
});

/** Every area, in the order people read them. */
export const areas = {
  http,
  process,
  eventLog,
  documents,
  bus,
  keys,
  jobQueue,
  searchIndex,
  embedder,
  reranker,
  chatModel,
  answers,
  api,
  rights,
  ...providerAreas,
  chat,
  generic,
  follow,
  company,
  intake,
  operations,
  backup,
  backupDocuments,
  backupWatch,
  serverFleet,
  outbound,
  canary,
  observing,
} as const;
