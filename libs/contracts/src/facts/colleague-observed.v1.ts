import { z } from 'zod';

import { defineFact } from '../fact.js';
import { colleagueData, colleaguePersonal, entityId, observed } from './parts.js';

const data = z.strictObject({
  colleague: colleagueData,
  connected: z.boolean().optional(),
  deleted: z.literal(true).optional(),
  ...observed,
  lastCall: entityId.optional(),
  /** Finishing the paper work of a call, and not to be called meanwhile. */
  wrappingUp: z.boolean().optional(),
});

const personal = z.strictObject({ colleague: colleaguePersonal.optional() });

/** What a provider told about somebody of the company. */
export const colleagueObservedV1 = defineFact({
  type: 'intake.colleague.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type ColleagueObservedV1 = z.infer<typeof data>;
export type ColleagueObservedV1Personal = z.infer<typeof personal>;
