import { z } from 'zod';

import { defineFact } from '../fact.js';
import { instant } from './parts.js';

const data = z.strictObject({
  alert: z.string(),
  cause: z.string(),
  about: z.string(),
  startedAt: instant,
  clearedAt: instant,
  /**
   * What the provider did not send meanwhile. It says how much of it the API gave, and what no API can give. For that
   * it says how many there were by the rate of the week before.
   */
  gap: z
    .strictObject({
      from: instant,
      to: instant,
      found: z.int(),
      lost: z.array(z.strictObject({ what: z.string(), expected: z.int() })),
    })
    .optional(),
});

/** The trouble is over. */
export const alertClearedV1 = defineFact({
  type: 'operations.alert.cleared.v1',
  kind: 'decided',
  data,
});
export type AlertClearedV1 = z.infer<typeof data>;
