import type { Catalog, RebuildRequest } from '#libs/catalog';
import type { IndexDesk, IndexRebuild } from '#libs/knowledge';
import { fault, randomId } from '#libs/kernel';
import { contexts, JsonBody, Process } from '#libs/platform';
import {
  askRebuild,
  cancelRebuilds,
  rebuilding,
  showRebuild,
  type AskedRebuilding,
} from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { found, iso } from '../routes/answers.js';
import { Route } from '../routes/route.js';

const shown = ({ askedAt, ...request }: RebuildRequest | IndexRebuild) => ({
  ...request,
  askedAt: iso(askedAt),
});

/** Records, built again from the log, and the index, built again from the records. */
@Controller()
export class RebuildsController {
  constructor(
    @Inject(contexts.catalog) private readonly catalog: Catalog,
    @Inject(contexts.indexDesk) private readonly indexDesk: IndexDesk,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(askRebuild)
  async ask(@Param('projection') projection: string, @JsonBody(rebuilding) asked: AskedRebuilding) {
    const id = randomId(this.process.clock.now());
    if (projection === 'knowledge') return shown(await this.indexDesk.rebuilds.ask(id, asked));
    if (projection !== 'catalog') throw fault('API_NOT_FOUND');
    return shown(await this.catalog.rebuildRequests.ask(id, asked));
  }

  @Route(cancelRebuilds)
  async cancel(@Param('projection') projection: string) {
    if (projection !== 'knowledge') throw fault('API_NOT_FOUND');
    return { cancelled: await this.indexDesk.rebuilds.cancel() };
  }

  @Route(showRebuild)
  async show(@Param('id') id: string) {
    const asked =
      (await this.catalog.rebuildRequests.find(id)) ?? (await this.indexDesk.rebuilds.find(id));
    return shown(found(asked));
  }
}
