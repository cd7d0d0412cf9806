import { z } from 'zod';

import { defineFact } from '../fact.js';
import { instant } from './parts.js';

/** `sentAt`: the hour in which it was sent. All canaries of one hour and door are one fact (ADR 34). */
const data = z.strictObject({ door: z.string(), sentAt: instant });

/** Our own probe came through a door: the whole way works. */
export const canaryObservedV1 = defineFact({
  type: 'operations.canary.observed.v1',
  kind: 'observed',
  data,
});
export type CanaryObservedV1 = z.infer<typeof data>;
