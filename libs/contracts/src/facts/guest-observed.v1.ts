import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, observed, phone } from './parts.js';

const data = z.strictObject({
  /** What the channels call the guest. */
  channelIds: z.array(z.strictObject({ channel: z.string(), id: z.string() })).optional(),
  contactType: z.string().optional(),
  createdAt: instant.optional(),
  deleted: z.literal(true).optional(),
  event: observed.event,
  guest: entityId,
  language: z.string().optional(),
  marketingAccepted: z.boolean().optional(),
  normaliser: observed.normaliser,
  rank: observed.rank,
  /** Ways by which the guest can be reached: `email`, `sms`. */
  reachedBy: z.array(z.string()).optional(),
  returning: z.boolean().optional(),
  /** An empty list is a statement too. */
  tags: z.array(z.string()).optional(),
});

const personal = z.strictObject({
  address: z.string().optional(),
  birthday: z.string().optional(),
  firstName: z.string().optional(),
  fullName: z.string().optional(),
  goodToKnow: z.string().optional(),
  hometown: z.string().optional(),
  lastName: z.string().optional(),
  /** The first is the main one. Channels give relay addresses: they name nobody for long. */
  mails: z.array(z.string()).optional(),
  notes: z.string().optional(),
  phones: z.array(phone).optional(),
  picture: z.string().optional(),
});

/** What a provider told about one guest. */
export const guestObservedV1 = defineFact({
  type: 'intake.guest.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type GuestObservedV1 = z.infer<typeof data>;
export type GuestObservedV1Personal = z.infer<typeof personal>;
