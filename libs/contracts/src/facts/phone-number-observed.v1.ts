import { z } from 'zod';

import { defineFact } from '../fact.js';
import { colleagueData, colleaguePersonal, lineData, linePersonal, observed } from './parts.js';

const data = z.strictObject({
  /** Whom the line rings. An empty list is a statement too. */
  colleagues: z.array(colleagueData).optional(),
  deleted: z.literal(true).optional(),
  ...observed,
  line: lineData,
});

const personal = z.strictObject({
  colleagues: z.array(colleaguePersonal).optional(),
  line: linePersonal.optional(),
});

/** What a provider told about one of the company's own phone numbers. */
export const phoneNumberObservedV1 = defineFact({
  type: 'intake.phone_number.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type PhoneNumberObservedV1 = z.infer<typeof data>;
export type PhoneNumberObservedV1Personal = z.infer<typeof personal>;
