import type { RecordPlace } from '#libs/catalog';
import type { Operations, Stage } from '#libs/operations';
import { Caller, contexts, Process, type Operator } from '#libs/platform';
import { traceThing } from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { shownDelivery } from '../deliveries/shown-delivery.js';
import { logReads } from '../records/log-reads.js';
import { found, iso } from '../routes/answers.js';
import { Route } from '../routes/route.js';
import { shownFact } from './shown-fact.js';

const shownRecord = ({ kind, id, era, position, gone }: RecordPlace) => ({
  kind,
  id,
  era,
  position,
  deleted: gone,
});

const shownStage = ({ stage, state, at, ...rest }: Stage) => ({
  stage,
  state,
  at: at === undefined ? null : iso(at),
  ...rest,
});

/** Where a thing is. */
@Controller()
export class TraceController {
  constructor(
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(traceThing)
  async show(@Param('id') id: string, @Caller() caller: Operator) {
    const { delivery, facts, records, stages } = found(
      await this.operations.trace(id, await this.process.apiReaderOf(caller)),
    );
    const streams = new Set(facts.flatMap((fact) => (fact.withheld ? [] : [fact.stream])));
    logReads(this.process, caller, [...streams]);
    return {
      delivery: delivery ? shownDelivery(delivery) : null,
      facts: facts.map(shownFact),
      records: records.map(shownRecord),
      stages: stages.map(shownStage),
    };
  }
}
