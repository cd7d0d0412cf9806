import { z } from 'zod';

import { defineFact } from '../fact.js';
import { speaker } from './call-insight-observed.v1.js';
import { entityId, instant, observed } from './parts.js';

const data = z.strictObject({
  call: entityId,
  direction: z.enum(['inbound', 'outbound']).optional(),
  ...observed,
  line: entityId.optional(),
  reference: z.string().optional(),
  utterances: z.array(
    z.strictObject({
      at: instant.optional(),
      by: speaker,
      colleague: entityId.optional(),
      durationMs: z.int().optional(),
      language: z.string().optional(),
    }),
  ),
});

/** In the order of `data.utterances`. */
const personal = z.strictObject({ utterances: z.array(z.string()).optional() });

/**
 * A few words of a call while it lasts, as a machine first heard them. Kept apart from the insight that follows,
 * which hears the whole call again and better: no record is made of these.
 */
export const callUtterancesObservedV1 = defineFact({
  type: 'intake.call_utterances.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type CallUtterancesObservedV1 = z.infer<typeof data>;
export type CallUtterancesObservedV1Personal = z.infer<typeof personal>;
