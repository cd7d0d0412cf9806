import { fault, textOf, type Code, type Fault } from '#libs/kernel';
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

/** A body that is none is a fault, so that one bad message of a batch keeps no other from being handled. */
const reading =
  <T>(shape: z.ZodType<T>, malformed: Code) =>
  (body: Uint8Array): T | Fault => {
    try {
      return shape.parse(JSON.parse(textOf(body)));
    } catch (cause) {
      return fault(malformed, { cause });
    }
  };

export const readHint = reading(entityHint, 'INTAKE_HINT_MALFORMED');
export const readSignal = reading(recordSignal, 'KNOWLEDGE_SIGNAL_MALFORMED');
