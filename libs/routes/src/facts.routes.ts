import { z } from 'zod';

import { isoTime, oneOf } from './answers.js';
import { deliveryShown } from './deliveries.routes.js';
import { limit, word } from './queries.js';
import { defineRoute, type RouteAnswer } from './route.js';

export const factQuery = z.strictObject({
  type: word('Only facts of this type, e.g. `intake.call.observed.v1`.'),
  stream: word('Only facts of this stream, e.g. `call/aircall.main.4190001001`.'),
  after: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .meta({ description: 'A position; facts after it, itself excluded.' }),
  limit,
});
export type FactListQuery = z.output<typeof factQuery>;

/** A fact as it leaves. */
export const factShown = z.object({
  id: z.string(),
  type: z.string(),
  source: z.string(),
  stream: z.string(),
  version: z.int(),
  position: z.int(),
  era: z.int(),
  occurredAt: isoTime,
  recordedAt: isoTime,
  actor: z.string().optional(),
  correlationId: z.string(),
  causationId: z.string(),
  traceparent: z.string().optional(),
  data: z.looseObject({}),
  personal: z.looseObject({}).optional(),
  sealed: z.literal(true).optional(),
  withheld: z.literal(true).optional(),
});

export type FactAnswer = z.output<typeof factShown>;

const readsFacts =
  'Personal parts are opened for operators. `sealed` says that a fact has one that is not shown: this operator role may not see it, or its key is destroyed. `withheld` says that a fact speaks of a record which its reader may not read: it has no content then.';

export const listFacts = defineRoute({
  method: 'get',
  path: '/api/facts',
  group: 'Facts',
  does: 'The log in its order, with the facts of canaries',
  says: `${readsFacts} \`position\` is how far this page has looked; \`next\` is missing (null) at the end of the log.`,
  role: 'viewer',
  query: factQuery,
  answers: z.object({
    items: z.array(factShown),
    next: z.string().nullable(),
    position: z.int(),
  }),
});

export type FactPageAnswer = RouteAnswer<typeof listFacts>;

export const showFact = defineRoute({
  method: 'get',
  path: '/api/facts/:id',
  group: 'Facts',
  does: 'One fact',
  says: readsFacts,
  role: 'viewer',
  answers: factShown,
});

const stages = [
  ...['received', 'kept', 'logged', 'relayed', 'catalogued', 'recorded', 'parked', 'dead'],
];

const stageShown = z.object({
  stage: oneOf(stages),
  state: z.enum(['done', 'waiting', 'failed']),
  at: isoTime.nullable(),
  fact: z.string().optional(),
  position: z.int().optional(),
  behind: z.int().optional(),
  record: z.string().optional(),
  code: z.string().optional(),
  letter: z.string().optional(),
});
export type StageAnswer = z.output<typeof stageShown>;

export const traceThing = defineRoute({
  method: 'get',
  path: '/api/trace/:id',
  group: 'Facts',
  does: 'Each stage that a thing went through, and where it is now',
  says: 'By the id of a delivery, a fact or a record (`call/aircall.main.1` where an id names several). Stages are derived: a position in the log against each consumer’s checkpoint. `at` is null if no time is stored.',
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
    stages: z.array(stageShown),
  }),
});
export type TraceAnswer = RouteAnswer<typeof traceThing>;
