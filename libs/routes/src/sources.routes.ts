import { z } from 'zod';

import { isoTime } from './answers.js';
import { defineRoute } from './route.js';

const tallyShown = z.object({
  taken: z.int(),
  repeated: z.int(),
  notUnderstood: z.int(),
  failed: z.int(),
  canaries: z.int(),
  refused: z.record(z.string(), z.int()),
});
export type TallyAnswer = z.output<typeof tallyShown>;

const sourceShown = z.object({
  source: z.string(),
  way: z.enum(['door', 'api']),
  path: z.string().optional(),
  on: z.boolean(),
  says: z.string(),
  lastDelivery: isoTime.nullable(),
  lastCanary: isoTime.nullable(),
  hour: tallyShown,
  day: tallyShown,
  quarantine: z.object({ count: z.int(), bytes: z.int(), more: z.boolean() }),
  secrets: z.array(z.object({ firstSeen: isoTime })),
  sync: z
    .object({
      lists: z.int(),
      reading: z.int(),
      failed: z.array(z.string()),
      untold: z.int(),
      coveredTo: isoTime.nullable(),
    })
    .optional(),
  alerts: z.array(z.string()),
  next: z.string().optional(),
});
export type SourceAnswer = z.output<typeof sourceShown>;

export const listSources = defineRoute({
  method: 'get',
  path: '/api/sources',
  group: 'Operations',
  does: 'Every source: its way in, what it brought, what was refused, the age of its secrets, and the next step',
  says:
    'A provider’s door and its API are two. Figures are of the last hour and day, to ten minutes, from every replica; they ' +
    'follow within seconds. `strangers` counts requests to doors that do not exist. `more`: there is more than was counted.',
  role: 'viewer',
  answers: z.object({
    items: z.array(sourceShown),
    strangers: z.object({ hour: tallyShown, day: tallyShown }),
  }),
});
