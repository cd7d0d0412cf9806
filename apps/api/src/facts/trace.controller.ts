import type { RecordPlace } from '#libs/catalog';
import type { Operations, Stage } from '#libs/operations';
import { contexts } from '#libs/platform';
import { Controller, Inject, Param } from '@nestjs/common';
import { z } from 'zod';

import { deliveryShown, shownDelivery } from '../deliveries/shown-delivery.js';
import { found, iso, isoTime } from '../routes/answers.js';
import { Route, type RouteNote } from '../routes/route.js';
import { factShown } from './facts.routes.js';
import { shownFact } from './shown-fact.js';

const traceId: RouteNote = {
  method: 'get',
  path: '/api/trace/:id',
  group: 'Facts',
  does: 'Every stage a thing went through, and where it is now',
  says: 'By the id of a delivery, a fact or a record (`call/aircall.main.1` where an id names several). Stages are derived: a place in the log against each consumer’s checkpoint. `at` is null where nobody wrote the time down.',
  role: 'viewer',
  answers: z.object({
    delivery: deliveryShown.nullable(),
    facts: z.array(factShown),
    records: z.array(
      z.object({
        kind: z.string(),
        id: z.string(),
        era: z.int(),
        position: z.int(),
        deleted: z.boolean(),
      }),
    ),
    stages: z.array(
      z.object({
        stage: z.enum([
          'received',
          'kept',
          'logged',
          'relayed',
          'catalogued',
          'recorded',
          'parked',
          'dead',
        ]),
        state: z.enum(['done', 'waiting', 'failed']),
        at: isoTime.nullable(),
        fact: z.string().optional(),
        position: z.int().optional(),
        behind: z.int().optional(),
        record: z.string().optional(),
        code: z.string().optional(),
        letter: z.string().optional(),
      }),
    ),
  }),
};

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
  constructor(@Inject(contexts.operations) private readonly operations: Operations) {}

  @Route(traceId)
  async show(@Param('id') id: string) {
    const { delivery, facts, records, stages } = found(await this.operations.trace(id));
    return {
      delivery: delivery ? shownDelivery(delivery) : null,
      facts: facts.map(shownFact),
      records: records.map(shownRecord),
      stages: stages.map(shownStage),
    };
  }
}
