import type { Catalog, RebuildRequest } from '#libs/catalog';
import { fault, randomId } from '#libs/kernel';
import { contexts, JsonBody, Process } from '#libs/platform';
import { askRebuild, rebuilding, showRebuild, type AskedRebuilding } from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { found, iso } from '../routes/answers.js';
import { Route } from '../routes/route.js';

const shown = ({ askedAt, ...request }: RebuildRequest) => ({
  ...request,
  askedAt: iso(askedAt),
});

/** Records, built again from the log. */
@Controller()
export class RebuildsController {
  constructor(
    @Inject(contexts.catalog) private readonly catalog: Catalog,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(askRebuild)
  async ask(@Param('projection') projection: string, @JsonBody(rebuilding) asked: AskedRebuilding) {
    if (projection !== 'catalog') throw fault('API_NOT_FOUND');
    return shown(await this.catalog.rebuildRequests.ask(randomId(this.process.clock.now()), asked));
  }

  @Route(showRebuild)
  async show(@Param('id') id: string) {
    return shown(found(await this.catalog.rebuildRequests.find(id)));
  }
}
