import { z } from 'zod';

import { isoTime } from './answers.js';
import { defineRoute } from './route.js';

export const rebuilding = z
  .strictObject({
    switch: z.boolean().default(false),
    acceptChanges: z.boolean().default(false),
  })
  .prefault({});
export type AskedRebuilding = z.output<typeof rebuilding>;

const comparisonShown = z.object({
  checksums: z.object({ live: z.string(), rebuilt: z.string() }),
  records: z.int(),
  differences: z.int(),
  differing: z.array(z.object({ kind: z.string(), id: z.string() })),
});

const rebuildShown = z.object({
  id: z.string(),
  projection: z.enum(['catalog', 'knowledge']),
  state: z.enum(['asked', 'running', 'equal', 'different', 'switched', 'cancelled', 'failed']),
  askedAt: isoTime,
  position: z.int(),
  head: z.int(),
  switch: z.boolean(),
  acceptChanges: z.boolean(),
  code: z.string().optional(),
  result: z
    .object({
      generation: z.int(),
      position: z.int(),
      switched: z.boolean(),
      comparison: comparisonShown,
    })
    .optional(),
});
export type RebuildAnswer = z.output<typeof rebuildShown>;

export const askRebuild = defineRoute({
  method: 'post',
  path: '/api/rebuilds/:projection',
  group: 'Operations',
  does: 'Asks for a rebuild beside the live records or the live index',
  says: 'The projections are `catalog`, which the role `catalog` carries out, and `knowledge`, which `vectorizer` does. With `switch` the new ones become the live ones if they are equal; with `acceptChanges` also if they differ. An index that was rebuilt is always right, so `switch` is enough.',
  role: 'operator',
  status: 202,
  body: rebuilding,
  answers: rebuildShown,
});

export const cancelRebuilds = defineRoute({
  method: 'delete',
  path: '/api/rebuilds/:projection',
  group: 'Operations',
  does: 'Cancels every rebuild of the index that waits or runs; the live index stays',
  says: 'The only projection is `knowledge`.',
  role: 'operator',
  answers: z.object({ cancelled: z.int() }),
});

export const showRebuild = defineRoute({
  method: 'get',
  path: '/api/rebuilds/:id',
  group: 'Operations',
  does: 'How far a rebuild is, and how it ended',
  role: 'viewer',
  answers: rebuildShown,
});
