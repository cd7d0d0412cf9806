import type { Intake, Quarantined } from '#libs/intake';
import { fault, randomId } from '#libs/kernel';
import { Caller, contexts, JsonBody, Process, type Operator } from '#libs/platform';
import {
  dropQuarantined,
  listQuarantine,
  quarantineQuery,
  retryQuarantine,
  retryQuarantineWithin,
  widening,
  type AskedWidening,
  type QuarantineListQuery,
} from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { iso, pageAnswer, present } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';

const shown = ({ id, source, receivedAt, bytes, sha256 }: Quarantined) => ({
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
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(listQuarantine)
  async list(@ListQuery(quarantineQuery) query: QuarantineListQuery) {
    const page = await this.intake.quarantined.list({ ...present(query), limit: query.limit });
    return pageAnswer(page, shown);
  }

  @Route(retryQuarantine)
  retry(): ReturnType<Intake['quarantine']['retry']> {
    return this.intake.quarantine.retry();
  }

  @Route(retryQuarantineWithin)
  retryWithin(
    @JsonBody(widening) { withinSeconds }: AskedWidening,
    @Caller() { name: actor }: Operator,
  ): ReturnType<Intake['quarantine']['retry']> {
    const cause = randomId(this.process.clock.now());
    return this.intake.quarantine.retry({ withinMs: withinSeconds * 1000, actor, cause });
  }

  @Route(dropQuarantined)
  async drop(@Param('id') id: string): Promise<void> {
    if (!(await this.intake.quarantined.has(id))) throw fault('API_NOT_FOUND');
    await this.intake.quarantine.drop([id]);
  }
}
