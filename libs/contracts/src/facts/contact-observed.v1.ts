import { z } from 'zod';

import { defineFact } from '../fact.js';
import { contactData, contactPersonal, observed } from './parts.js';

const data = z.strictObject({
  contact: contactData,
  deleted: z.literal(true).optional(),
  ...observed,
});

const personal = z.strictObject({ contact: contactPersonal.optional() });

/** What a provider told about one entry of its address book. */
export const contactObservedV1 = defineFact({
  type: 'intake.contact.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type ContactObservedV1 = z.infer<typeof data>;
export type ContactObservedV1Personal = z.infer<typeof personal>;
