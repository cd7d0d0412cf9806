import { z } from 'zod';

import { defineFact } from '../fact.js';
import { instant } from './parts.js';

const data = z.strictObject({
  /** One per trouble, from its cause and its start: raised and cleared under the same. */
  alert: z.string(),
  /** A code of ours. */
  cause: z.string(),
  /** What it is about: a source, a list. */
  about: z.string(),
  /** What was found, in words of ours. */
  found: z.array(z.string()),
  startedAt: instant,
});

/** Something needs a person, or needed the platform to mend itself. */
export const alertRaisedV1 = defineFact({
  type: 'operations.alert.raised.v1',
  kind: 'decided',
  data,
});
export type AlertRaisedV1 = z.infer<typeof data>;
