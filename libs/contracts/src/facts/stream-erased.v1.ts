import { z } from 'zod';

import { defineFact } from '../fact.js';

const data = z.strictObject({
  /** Raw deliveries that fed these streams: their keys went too. */
  deliveries: z.array(z.string()),
  /** Who asked for it and on what ground, in words that name nobody. */
  reason: z.string(),
  streams: z.array(z.string()),
});

/** The keys of these streams are destroyed: what was personal in them is gone for good. */
export const streamErasedV1 = defineFact({
  type: 'log.stream.erased.v1',
  kind: 'observed',
  data,
});
export type StreamErasedV1 = z.infer<typeof data>;
