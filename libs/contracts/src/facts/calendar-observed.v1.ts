import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, localDate, money, observed } from './parts.js';

const day = z.strictObject({
  /** How many of several units alike are free. */
  allotment: z.int().optional(),
  arrivalsClosed: z.boolean().optional(),
  /** Why it cannot be sold: `booked`, `manual`, `owner`, `preparation`, … */
  blocks: z.array(z.string()).optional(),
  date: localDate,
  departuresClosed: z.boolean().optional(),
  minNights: z.int().optional(),
  price: money.optional(),
  reservation: entityId.optional(),
  status: z.string().optional(),
});

const data = z.strictObject({
  /** Days of the listing's own calendar, in its own time zone. */
  days: z.array(day),
  event: observed.event,
  listing: entityId,
  normaliser: observed.normaliser,
  rank: observed.rank,
});

/** What a provider told about some days of one listing: it tells them by the stretch, never one alone. */
export const calendarObservedV1 = defineFact({
  type: 'intake.calendar.observed.v1',
  kind: 'observed',
  data,
});
export type CalendarObservedV1 = z.infer<typeof data>;
