import type { Operations, SourceState, SyncState } from '#libs/operations';
import { contexts } from '#libs/platform';
import { listSources } from '#libs/routes';
import { Controller, Inject } from '@nestjs/common';

import { iso } from '../routes/answers.js';
import { Route } from '../routes/route.js';

/** Where what we know comes from. */
@Controller()
export class SourcesController {
  constructor(@Inject(contexts.operations) private readonly operations: Operations) {}

  @Route(listSources)
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
