import type { Catalog, RebuildRequest } from '#libs/catalog';
import { fault, randomId } from '#libs/kernel';
import { contexts, JsonBody, Process } from '#libs/platform';
import { Controller, Inject, Param } from '@nestjs/common';
import { z } from 'zod';

import { found, iso, isoTime } from '../routes/answers.js';
import { Route, type RouteNote } from '../routes/route.js';

const rebuilding = z
  .strictObject({
    switch: z.boolean().default(false),
    acceptChanges: z.boolean().default(false),
  })
  .prefault({});
type AskedRebuilding = z.output<typeof rebuilding>;

const rebuildShown = z.looseObject({
  id: z.string(),
  projection: z.literal('catalog'),
  state: z.enum(['asked', 'running', 'equal', 'different', 'switched', 'failed']),
  askedAt: isoTime,
  position: z.int(),
  head: z.int(),
  switch: z.boolean(),
  acceptChanges: z.boolean(),
  code: z.string().optional(),
});

const ask: RouteNote = {
  method: 'post',
  path: '/api/rebuilds/:projection',
  group: 'Operations',
  does: 'Asks for a rebuild beside the live records; the catalog role carries it out',
  says: 'The only projection is `catalog`. With `switch` the new ones become the live ones if they are equal; with `acceptChanges` also if they differ.',
  role: 'operator',
  status: 202,
  body: rebuilding,
  answers: rebuildShown,
};

const show: RouteNote = {
  method: 'get',
  path: '/api/rebuilds/:id',
  group: 'Operations',
  does: 'How far a rebuild is, and how it ended',
  role: 'viewer',
  answers: rebuildShown,
};

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

  @Route(ask)
  async ask(@Param('projection') projection: string, @JsonBody(rebuilding) asked: AskedRebuilding) {
    if (projection !== 'catalog') throw fault('API_NOT_FOUND');
    return shown(await this.catalog.rebuildRequests.ask(randomId(this.process.clock.now()), asked));
  }

  @Route(show)
  async show(@Param('id') id: string) {
    return shown(found(await this.catalog.rebuildRequests.find(id)));
  }
}
