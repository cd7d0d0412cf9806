import { z } from 'zod';

import { defineFact } from '../fact.js';

const data = z.strictObject({
  delivery: z.string(),
  event: z.string().optional(),
  /** Words of ours: names of fields, never what stands in them. */
  reason: z.string(),
  source: z.string(),
});

/** A delivery is proved, and kept, but nobody here knows what it says. */
export const deliveryNotUnderstoodV1 = defineFact({
  type: 'intake.delivery.not_understood.v1',
  kind: 'observed',
  data,
});
export type DeliveryNotUnderstoodV1 = z.infer<typeof data>;
