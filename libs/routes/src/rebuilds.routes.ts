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
  projection: z.literal('catalog'),
  state: z.enum(['asked', 'running', 'equal', 'different', 'switched', 'failed']),
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
  does: 'Asks for a rebuild beside the live records; the role `catalog` carries it out',
  says: 'The only projection is `catalog`. With `switch` the new ones become the live ones if they are equal; with `acceptChanges` also if they differ.',
  role: 'operator',
  status: 202,
  body: rebuilding,
  answers: rebuildShown,
});

export const showRebuild = defineRoute({
  method: 'get',
  path: '/api/rebuilds/:id',
  group: 'Operations',
  does: 'How far a rebuild is, and how it ended',
  role: 'viewer',
  answers: rebuildShown,
});
