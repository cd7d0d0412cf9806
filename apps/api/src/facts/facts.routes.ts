import { z } from 'zod';

import { isoTime } from '../routes/answers.js';
import { limit, word } from '../routes/queries.js';
import type { RouteNote } from '../routes/route.js';

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
});

const readsFacts =
  'Personal parts are opened for operators; `sealed` says that there is one which is not shown: not for this role, or its key is destroyed.';

export const listFacts: RouteNote = {
  method: 'get',
  path: '/api/facts',
  group: 'Facts',
  does: 'The log in its order, also what canaries left',
  says: `${readsFacts} \`position\` is how far this page has looked; \`next\` is missing (null) at the end of the log.`,
  role: 'viewer',
  query: factQuery,
  answers: z.object({
    items: z.array(factShown),
    next: z.string().nullable(),
    position: z.int(),
  }),
};

export const showFact: RouteNote = {
  method: 'get',
  path: '/api/facts/:id',
  group: 'Facts',
  does: 'One fact',
  says: readsFacts,
  role: 'viewer',
  answers: factShown,
};
