import { z } from 'zod';

/** "This record changed, look." Ids only: who gets it loads the record as it is now. */
export const recordSignal = z.strictObject({
  kind: z.string(),
  id: z.string(),
  era: z.number(),
  position: z.number(),
  gone: z.boolean(),
});
export type RecordSignal = z.infer<typeof recordSignal>;
