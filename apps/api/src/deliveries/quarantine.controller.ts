import type { Intake, QuarantinedShown } from '#libs/intake';
import { fault } from '#libs/kernel';
import { contexts } from '#libs/platform';
import { Controller, Inject, Param } from '@nestjs/common';

import { iso, pageAnswer, present } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';
import {
  dropQuarantined,
  listQuarantine,
  quarantineQuery,
  retryQuarantine,
  type QuarantineListQuery,
} from './deliveries.routes.js';

const shown = ({ id, source, receivedAt, bytes, sha256 }: QuarantinedShown) => ({
  id,
  source,
  receivedAt: iso(receivedAt),
  ...(sha256 !== undefined && { sha256 }),
  bytes,
  facts: [],
});

/** What proved nothing, and waits. */
@Controller()
export class QuarantineController {
  constructor(@Inject(contexts.intake) private readonly intake: Intake) {}

  @Route(listQuarantine)
  async list(@ListQuery(quarantineQuery) query: QuarantineListQuery) {
    const page = await this.intake.quarantined.list({ ...present(query), limit: query.limit });
    return pageAnswer(page, shown);
  }

  @Route(retryQuarantine)
  retry(): ReturnType<Intake['quarantine']['retry']> {
    return this.intake.quarantine.retry();
  }

  @Route(dropQuarantined)
  async drop(@Param('id') id: string): Promise<void> {
    if (!(await this.intake.quarantined.has(id))) throw fault('API_NOT_FOUND');
    await this.intake.quarantine.drop([id]);
  }
}
