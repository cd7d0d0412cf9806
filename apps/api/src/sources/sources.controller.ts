import type { Operations, SourceState, SyncState } from '#libs/operations';
import { contexts } from '#libs/platform';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';

import { iso, isoTime } from '../routes/answers.js';
import { Route, type RouteNote } from '../routes/route.js';

const tallyShown = z.object({
  taken: z.int(),
  repeated: z.int(),
  notUnderstood: z.int(),
  failed: z.int(),
  canaries: z.int(),
  refused: z.record(z.string(), z.int()),
});

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

const show: RouteNote = {
  method: 'get',
  path: '/api/sources',
  group: 'Operations',
  does: 'Every source: its way in, what it brought, what was refused, its secrets’ age, what to do next',
  says:
    'A provider’s door and its API are two. Figures are of the last hour and day, to ten minutes, from every replica; they ' +
    'follow within seconds. `strangers` is what came to doors that nobody has. `more`: there is more than was counted.',
  role: 'viewer',
  answers: z.object({
    items: z.array(sourceShown),
    strangers: z.object({ hour: tallyShown, day: tallyShown }),
  }),
};

/** Where what we know comes from. */
@Controller()
export class SourcesController {
  constructor(@Inject(contexts.operations) private readonly operations: Operations) {}

  @Route(show)
  async show() {
    const { items, strangers } = await this.operations.sources();
    return { items: items.map(shown), strangers: { hour: strangers.hour, day: strangers.day } };
  }
}

const shownTime = (ms: number | undefined): string | null => (ms === undefined ? null : iso(ms));

const shown = ({ lastDelivery, lastCanary, secrets, sync, ...rest }: SourceState) => ({
  ...rest,
  lastDelivery: shownTime(lastDelivery),
  lastCanary: shownTime(lastCanary),
  secrets: secrets.map((firstSeen) => ({ firstSeen: iso(firstSeen) })),
  ...(sync && { sync: shownSync(sync) }),
});

const shownSync = ({ coveredTo, ...rest }: SyncState) => ({
  ...rest,
  coveredTo: shownTime(coveredTo),
});
