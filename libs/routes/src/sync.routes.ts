import { z } from 'zod';

import { isoTime } from './answers.js';
import { defineRoute } from './route.js';

const runShown = z.object({
  pass: z.string(),
  state: z.enum(['asked', 'running', 'stopping', 'stopped', 'done', 'failed']),
  askedAt: isoTime,
  from: isoTime.optional(),
  to: isoTime.optional(),
  finishedAt: isoTime.optional(),
  coveredTo: isoTime.optional(),
  pages: z.int(),
  read: z.int(),
  of: z.int().optional(),
  fresh: z.int(),
  code: z.string().optional(),
});
export type SyncRunAnswer = z.output<typeof runShown>;

const sourceRead = z.object({
  source: z.string(),
  toldAt: isoTime,
  lists: z.array(
    z.object({
      list: z.string(),
      entities: z.array(z.string()),
      passes: z.array(z.object({ everyMs: z.int(), reachMs: z.int() })),
      runs: z.array(runShown),
    }),
  ),
  onlyTold: z.array(z.object({ what: z.string(), why: z.string() })),
});
export type SyncSourceAnswer = z.output<typeof sourceRead>;

export const showSync = defineRoute({
  method: 'get',
  path: '/api/sync',
  group: 'Operations',
  does: 'What is read from the providers’ APIs, how far, and how much of it no delivery had said',
  says: 'A run is the first `import` of a list, or one of its passes over the newest part: `0`, `1`, …',
  role: 'viewer',
  answers: z.object({ items: z.array(sourceRead) }),
});

export const importAsked = z
  .strictObject({ list: z.string().min(1).max(64).optional() })
  .prefault({});
export type AskedImport = z.output<typeof importAsked>;

export const startSync = defineRoute({
  method: 'post',
  path: '/api/sync/:source',
  group: 'Operations',
  does: 'Asks for the import of a provider’s whole history, or of one list of it',
  says: 'Started again, it reads everything again and publishes only what is new. Lists that are being read go on.',
  role: 'operator',
  status: 202,
  body: importAsked,
  answers: z.object({ started: z.array(z.string()), running: z.array(z.string()) }),
});

export const stopSync = defineRoute({
  method: 'delete',
  path: '/api/sync/:source',
  group: 'Operations',
  does: 'Stops the import of a provider’s history; what was read stays',
  role: 'operator',
});
