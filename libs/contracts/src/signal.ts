import * as z from 'zod';

/** "This record changed, look." Ids only: who gets it loads the record as it is now. */
export const recordSignal = z.strictObject({
  kind: z.string(),
  id: z.string(),
  era: z.number(),
  position: z.number(),
  gone: z.boolean(),
});
export type RecordSignal = z.infer<typeof recordSignal>;

/** "Something at this provider is worth looking up." Ids only: the role that gets it asks the provider. */
export const entityHint = z.strictObject({
  source: z.string(),
  entity: z.string(),
  id: z.string(),
});
export type EntityHint = z.infer<typeof entityHint>;
