import {
  createQuarantine,
  readQuarantine,
  type Quarantine,
  type QuarantinedShown,
  type ReadQuarantine,
} from '#libs/intake';
import { fault } from '#libs/kernel';
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
  constructor(
    @Inject(readQuarantine) private readonly reading: ReadQuarantine,
    @Inject(createQuarantine) private readonly quarantine: Quarantine,
  ) {}

  @Route(listQuarantine)
  async list(@ListQuery(quarantineQuery) query: QuarantineListQuery) {
    const page = await this.reading.list({ ...present(query), limit: query.limit });
    return pageAnswer(page, shown);
  }

  @Route(retryQuarantine)
  retry(): ReturnType<Quarantine['retry']> {
    return this.quarantine.retry();
  }

  @Route(dropQuarantined)
  async drop(@Param('id') id: string): Promise<void> {
    if (!(await this.reading.has(id))) throw fault('API_NOT_FOUND');
    await this.quarantine.drop([id]);
  }
}
