import type { Catalog } from '#libs/catalog';
import type { JsonObject } from '#libs/kernel';
import { Caller, contexts, Process, type Operator } from '#libs/platform';
import type { FieldValue } from '#libs/ports/documents';
import {
  historyQuery,
  listRecords,
  recordQueries,
  showRecord,
  type HistoryQuery,
} from '#libs/routes';
import { Controller, Inject, Param, Query } from '@nestjs/common';

import { found, pageAnswer, type PageAnswer } from '../routes/answers.js';
import { ListQuery, parseQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';
import { kindOf } from './kind-of.js';
import { logReads } from './log-reads.js';
import { shownEntry } from './shown-entry.js';

/** Records as they are now, and what made them so. */
@Controller()
export class RecordsController {
  constructor(
    @Inject(contexts.catalog) private readonly catalog: Catalog,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(listRecords)
  async list(
    @Param('kind') name: string,
    @Query() query: unknown,
    @Caller() operator: Operator,
  ): Promise<PageAnswer<JsonObject>> {
    const kind = kindOf(name);
    const { limit, after, updatedAfter, ...filters } = parseQuery(recordQueries[kind], query);
    const where = Object.entries(filters).filter(
      (filter): filter is [string, FieldValue] => filter[1] !== undefined,
    );
    const reader = await this.process.apiReaderOf(operator);
    const page = await this.catalog.recordsOverApi(reader).list({
      kind,
      where: Object.fromEntries(where),
      ...(updatedAfter !== undefined && { updatedAfter }),
      ...(after !== undefined && { after }),
      limit,
    });
    const ids = page.items.flatMap(({ id }) => (typeof id === 'string' ? [`${kind}/${id}`] : []));
    logReads(this.process, operator, ids);
    return pageAnswer(page, (record) => record);
  }

  @Route(showRecord)
  async show(
    @Param('kind') name: string,
    @Param('id') id: string,
    @ListQuery(historyQuery) { limit, historyAfter }: HistoryQuery,
    @Caller() operator: Operator,
  ) {
    const kind = kindOf(name);
    const records = this.catalog.recordsOverApi(await this.process.apiReaderOf(operator));
    const record = found(await records.show(kind, id));
    logReads(this.process, operator, [`${kind}/${id}`]);
    const history = await records.history(kind, id, historyAfter, limit);
    return {
      ...record,
      history: history.items.map(shownEntry),
      historyNext: history.next ?? null,
    };
  }
}
