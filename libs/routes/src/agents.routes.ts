import { agentReported } from '#libs/contracts';
import { z } from 'zod';

import { defineRoute, type RouteAnswer } from './route.js';

const group = 'Backups';
const kinds = ['manual', 'daily', 'weekly', 'monthly', 'drill'] as const;
const steps = ['save', 'check', 'drill'] as const;

const counts = z.record(z.string(), z.number());
const manifest = z.object({
  format: z.literal(1),
  source: z.string(),
  kind: z.enum(['innkeeper', 'keys', 'mongodb', 'folder']),
  takenAt: z.number(),
  versions: z.record(z.string(), z.string()),
  position: z
    .union([
      z.object({ at: z.literal('log'), era: z.int(), position: z.int(), hash: z.string() }),
      z.object({ at: z.literal('cluster_time'), seconds: z.int(), increment: z.int() }),
    ])
    .exactOptional(),
  counts,
  checksums: z.record(z.string(), z.string()),
  files: z.int(),
  bytes: z.int(),
  waiting: z.int().exactOptional(),
});

const source = z.object({
  name: z.string(),
  kind: z.enum(['innkeeper', 'keys', 'mongodb', 'folder']),
  repository: z.enum(['data', 'keys']),
  manifest: manifest.exactOptional(),
  paths: z.array(z.string()).exactOptional(),
  savedPaths: z.array(z.string()).exactOptional(),
  snapshot: z.string().exactOptional(),
  files: z.int(),
  bytes: z.int(),
  addedBytes: z.int(),
});

const lent = z.object({
  repository: z.string(),
  password: z.string(),
  credentials: z
    .object({
      accessKey: z.string(),
      accessSecret: z.string(),
      sessionToken: z.string().exactOptional(),
    })
    .exactOptional(),
});

export const agentOpened = z.strictObject({
  by: z
    .string()
    .regex(/^[\w-]{16,128}$/)
    .meta({ description: 'What the server made up at its start; who asks again says the same.' }),
});
export type OpenedByAgent = z.output<typeof agentOpened>;

/** What the server of a backup calls, with what it alone was told. No token of an operator opens these. */
const ofServer = { group, caller: 'backup-server' } as const;

export const orderOfServer = defineRoute({
  ...ofServer,
  method: 'post',
  path: '/api/backup-servers/:run/order',
  does: 'What the server of a backup has to do, and what it needs for it',
  says: 'With the one-time token that the server was told at its start, from its own address. It is answered to the first `by`, and within two minutes to the same one again. Everybody else gets 401, always the same.',
  status: 200,
  body: agentOpened,
  answers: z.object({
    run: z.object({
      id: z.string(),
      kind: z.enum(kinds),
      sources: z.array(source),
      requestedAt: z.number(),
      checkPart: z.int().exactOptional(),
      drillOf: z.string().exactOptional(),
    }),
    host: z.string(),
    steps: z.array(z.enum(steps)),
    repositories: z.object({ data: lent, keys: lent }),
    session: z.string(),
    now: z.number(),
    expiresAt: z.number(),
  }),
});
export type OrderOfServerAnswer = RouteAnswer<typeof orderOfServer>;

export const reportOfServer = defineRoute({
  ...ofServer,
  method: 'post',
  path: '/api/backup-servers/:run/report',
  does: 'Notes how far the server of a backup is, and says what it may do next',
  says: 'With its session. Each report says everything, so any may be lost, come twice or come late.',
  status: 200,
  body: agentReported,
  answers: z.object({
    next: z.enum(['work', 'wait', 'leave']),
    upTo: z.enum(steps).exactOptional(),
  }),
});
export type ReportOfServerAnswer = RouteAnswer<typeof reportOfServer>;

export const sourceQuery = z.strictObject({
  after: z
    .string()
    .min(1)
    .max(8192)
    .optional()
    .meta({ description: 'The last entry that came whole: what stands before it is not sent.' }),
});
export type SourceQuery = z.output<typeof sourceQuery>;

/** Records of a tar that hold a name, or where a link leads, as base64 of its bytes, where it is no text. */
export const SENT_PATH = 'INNKEEPER.path';
export const SENT_LINK = 'INNKEEPER.linkpath';

export const sourceOfServer = defineRoute({
  ...ofServer,
  method: 'get',
  path: '/api/backup-servers/:run/sources/:source',
  does: 'The copy of one source, as a tar stream for the server that saves it',
  says: 'With its session. Entries begin with `0/` for the first path of the source, `1/` for the second; they come in one order each time. A stream without the end of an archive is broken: ask on with `after`.',
  query: sourceQuery,
  media: 'application/x-tar',
});

export const sampleSent = z.strictObject({
  stream: z.string().min(1).max(512),
  sealed: z
    .base64()
    .min(1)
    .max(64 * 1024),
  wrapped: z
    .base64()
    .max(4 * 1024)
    .exactOptional(),
});
export type SentSample = z.output<typeof sampleSent>;

export const opensOfServer = defineRoute({
  ...ofServer,
  method: 'post',
  path: '/api/backup-servers/:run/opens',
  does: 'Whether the master key opens what the server of a backup restored',
  says: 'With its session, while the run is at its drill, and a few times only. The key and what is sealed stay where they are.',
  status: 200,
  body: sampleSent,
  answers: z.object({ opens: z.boolean() }),
});
export type OpensOfServerAnswer = RouteAnswer<typeof opensOfServer>;
