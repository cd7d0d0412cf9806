import {
  kindNames,
  readLinks,
  settleIdentity,
  type KindName,
  type Links,
  type OpenQuestion,
  type ReadLinks,
} from '#libs/catalog';
import { randomId, type Clock } from '#libs/kernel';
import { Caller, JsonBody, Ports, type Log, type Operator, type Wired } from '#libs/platform';
import { Controller, Inject, Param } from '@nestjs/common';

import { found, pageAnswer, type PageAnswer } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';
import { whenCatalogued } from '../wiring/when-catalogued.js';
import {
  listQuestions,
  questionsQuery,
  settle,
  settling,
  showLinks,
  type AskedSettling,
  type QuestionsQuery,
} from './links.routes.js';

const kindOf = (text: string): KindName => found(kindNames.find((kind) => kind === text));

/** Who is who. */
@Controller()
export class LinksController {
  constructor(
    @Inject(readLinks) private readonly links: ReadLinks,
    @Inject(settleIdentity) private readonly settleThem: Wired<typeof settleIdentity>,
    @Inject(whenCatalogued) private readonly catalogued: Wired<typeof whenCatalogued>,
    @Inject(Ports.clock) private readonly clock: Clock,
    @Inject(Ports.appLog) private readonly log: Log,
  ) {}

  @Route(listQuestions)
  async list(
    @ListQuery(questionsQuery) { after, limit }: QuestionsQuery,
  ): Promise<PageAnswer<OpenQuestion>> {
    const page = await this.links.questions({ ...(after !== undefined && { after }), limit });
    return pageAnswer(page, (question) => question);
  }

  @Route(showLinks)
  async show(@Param('kind') kind: string, @Param('id') id: string): Promise<Links> {
    return found(await this.links.show(kindOf(kind), id));
  }

  @Route(settle)
  async settle(@JsonBody(settling) asked: AskedSettling, @Caller() { name: actor }: Operator) {
    const cause = randomId(this.clock.now());
    const settled = await this.settleThem(asked, { actor, cause });
    const { position } = settled;
    this.log.info('identity.settled', { operator: actor, position });
    return { ...settled, linked: await this.catalogued(position) };
  }
}
