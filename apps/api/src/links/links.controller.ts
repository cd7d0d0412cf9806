import type { Catalog, Links, OpenQuestion } from '#libs/catalog';
import { randomId } from '#libs/kernel';
import type { Operations } from '#libs/operations';
import { Caller, contexts, JsonBody, Process, type Operator } from '#libs/platform';
import {
  listQuestions,
  questionsQuery,
  settle,
  settling,
  showLinks,
  type AskedSettling,
  type QuestionsQuery,
} from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { kindOf } from '../records/kind-of.js';
import { logReads } from '../records/log-reads.js';
import { found, pageAnswer, type PageAnswer } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';

/** Who is who. */
@Controller()
export class LinksController {
  constructor(
    @Inject(contexts.catalog) private readonly catalog: Catalog,
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(listQuestions)
  async list(
    @ListQuery(questionsQuery) { after, limit }: QuestionsQuery,
    @Caller() operator: Operator,
  ): Promise<PageAnswer<OpenQuestion>> {
    const reader = await this.process.apiReaderOf(operator);
    const page = await this.catalog.linksFor(reader).questions({
      ...(after !== undefined && { after }),
      limit,
    });
    return pageAnswer(page, (question) => question);
  }

  @Route(showLinks)
  async show(
    @Param('kind') kind: string,
    @Param('id') id: string,
    @Caller() operator: Operator,
  ): Promise<Links> {
    const reader = await this.process.apiReaderOf(operator);
    const links = found(await this.catalog.linksFor(reader).show(kindOf(kind), id));
    logReads(this.process, operator, [`${kind}/${id}`]);
    return links;
  }

  @Route(settle)
  async settle(@JsonBody(settling) asked: AskedSettling, @Caller() { name: actor }: Operator) {
    const cause = randomId(this.process.clock.now());
    const settled = await this.catalog.settle(asked, { actor, cause });
    const { position } = settled;
    this.process.log.info('identity.settled', { operator: actor, position });
    return { ...settled, linked: await this.operations.whenCatalogued(position) };
  }
}
