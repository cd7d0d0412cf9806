import { mayAct } from '#libs/kernel';
import type { Operations } from '#libs/operations';
import { Caller, contexts, type Operator } from '#libs/platform';
import { factQuery, listFacts, showFact, type FactListQuery } from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { found } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';
import { shownFact } from './shown-fact.js';

const seesPersonal = ({ role }: Operator): boolean => mayAct(role, 'operator');

/** The log, for people. */
@Controller()
export class FactsController {
  constructor(@Inject(contexts.operations) private readonly operations: Operations) {}

  @Route(listFacts)
  async list(
    @ListQuery(factQuery) { type, stream, after, limit }: FactListQuery,
    @Caller() caller: Operator,
  ) {
    const { items, position, more } = await this.operations.facts.list({
      ...(type !== undefined && { type }),
      ...(stream !== undefined && { stream }),
      after,
      limit,
      personal: seesPersonal(caller),
    });
    return { items: items.map(shownFact), next: more ? String(position) : null, position };
  }

  @Route(showFact)
  async show(@Param('id') id: string, @Caller() caller: Operator) {
    return shownFact(found(await this.operations.facts.find(id, seesPersonal(caller))));
  }
}
