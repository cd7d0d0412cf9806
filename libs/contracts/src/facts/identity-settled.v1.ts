import { z } from 'zod';

import { defineFact } from '../fact.js';

const data = z.strictObject({
  /** Two records that name people, `guest/guesty.main.65f…`, the lesser first. */
  records: z.tuple([z.string(), z.string()]),
  /** One person, or two. */
  same: z.boolean(),
});

/** An operator settled whether two records are of one person. The latest word on a pair holds. */
export const identitySettledV1 = defineFact({
  type: 'catalog.identity.settled.v1',
  kind: 'decided',
  data,
});
export type IdentitySettledV1 = z.infer<typeof data>;
