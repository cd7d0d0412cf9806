import type { Knowledge } from '#libs/knowledge';
import { Caller, CheckedQuery, contexts, Process, type Operator } from '#libs/platform';
import { search, searchQuery, type SearchAnswer, type SearchQuery } from '#libs/routes';
import { Controller, Inject } from '@nestjs/common';

import { Route } from '../route.js';
import { shownFound } from './shown-found.js';

/** The passages behind answers, for people who look for themselves. */
@Controller()
export class SearchController {
  constructor(
    @Inject(contexts.knowledge) private readonly knowledge: Knowledge,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(search)
  async find(
    @CheckedQuery(searchQuery) { text, limit, as, explain = false }: SearchQuery,
    @Caller() operator: Operator,
  ): Promise<SearchAnswer> {
    const { company, operations } = this.process.settings;
    const found = await this.knowledge.search({
      text,
      turns: [],
      principals: await this.process.principalsOf(operator, as),
      timeZone: company.timeZone,
      limit,
    });
    return shownFound(found, { publicUrl: operations.publicUrl, explain });
  }
}
