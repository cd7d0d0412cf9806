import { mayAct } from '#libs/kernel';
import type { FactReader, Operations, ShownFact } from '#libs/operations';
import { Caller, contexts, Process, type Operator } from '#libs/platform';
import { factQuery, listFacts, showFact, type FactListQuery } from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { found, present } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { logReads } from '../records/log-reads.js';
import { Route } from '../routes/route.js';
import { shownFact } from './shown-fact.js';

/** The log, for people. */
@Controller()
export class FactsController {
  constructor(
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(listFacts)
  async list(
    @ListQuery(factQuery) { type, stream, after, limit }: FactListQuery,
    @Caller() caller: Operator,
  ) {
    const query = { ...present({ type, stream }), after, limit };
    const { items, position, more } = await this.operations.facts.list(
      query,
      await this.#readerFor(caller),
    );
    this.#logReads(caller, items);
    return { items: items.map(shownFact), next: more ? String(position) : null, position };
  }

  @Route(showFact)
  async show(@Param('id') id: string, @Caller() caller: Operator) {
    const fact = found(await this.operations.facts.find(id, await this.#readerFor(caller)));
    this.#logReads(caller, [fact]);
    return shownFact(fact);
  }

  #logReads(caller: Operator, facts: readonly ShownFact[]): void {
    const streams = new Set(facts.map(({ stream }) => stream));
    logReads(this.process, caller, [...streams]);
  }

  async #readerFor(caller: Operator): Promise<FactReader> {
    const reader = await this.process.apiReaderOf(caller);
    return { ...reader, personal: mayAct(caller.role, 'operator') };
  }
}
