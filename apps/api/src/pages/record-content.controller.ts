import { isForAdmins, type Catalog } from '#libs/catalog';
import { Caller, contexts, Process, type Operator } from '#libs/platform';
import { historyQuery, showRecordContent, type HistoryQuery } from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { kindOf } from '../records/kind-of.js';
import { shownEntry } from '../records/shown-entry.js';
import { found } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';

/** What a record’s page shows. Who got an answer opens its sources, also without being an administrator. */
@Controller()
export class RecordContentController {
  constructor(
    @Inject(contexts.catalog) private readonly catalog: Catalog,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(showRecordContent)
  async show(
    @Param('kind') name: string,
    @Param('id') id: string,
    @ListQuery(historyQuery) { limit, historyAfter }: HistoryQuery,
    @Caller() operator: Operator,
  ) {
    const kind = kindOf(name);
    const records = this.catalog.recordsFor(await this.process.principalsOf(operator));
    const record = found(await records.show(kind, id));
    // What made it so is read over the API, where such a kind is for administrators.
    const history = isForAdmins(kind)
      ? { items: [] }
      : await records.history(kind, id, historyAfter, limit);
    return {
      ...record,
      history: history.items.map(shownEntry),
      historyNext: history.next ?? null,
    };
  }
}
