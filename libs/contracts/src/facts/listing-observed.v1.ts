import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, observed } from './parts.js';

/** In the smallest unit of the prices' currency. */
const amount = z.int().optional();

const data = z.strictObject({
  active: z.boolean().optional(),
  /** What it has, in its provider's words. An empty list is a statement too. */
  amenities: z.array(z.string()).optional(),
  /** Two and a half is 25. */
  bathroomTenths: z.int().optional(),
  bedrooms: z.int().optional(),
  beds: z.int().optional(),
  cancellationPolicy: z.string().optional(),
  /** Where it is offered. */
  channels: z.array(z.string()).optional(),
  /** `15:00`, in its own time zone. */
  checkInTime: z.string().optional(),
  checkOutTime: z.string().optional(),
  cleaning: z.strictObject({ at: instant.optional(), status: z.string().optional() }).optional(),
  createdAt: instant.optional(),
  deleted: z.literal(true).optional(),
  event: observed.event,
  guestsAtMost: z.int().optional(),
  listed: z.boolean().optional(),
  listing: entityId,
  maxNights: z.int().optional(),
  minNights: z.int().optional(),
  normaliser: observed.normaliser,
  prices: z
    .strictObject({
      base: amount,
      cleaning: amount,
      currency: z.string(),
      extraPerson: amount,
      guestsIncluded: z.int().optional(),
      /** Ten thousandths: 0.9 of the price is 9000. */
      monthlyFactor: z.int().optional(),
      securityDeposit: amount,
      weekend: amount,
      weeklyFactor: z.int().optional(),
    })
    .optional(),
  propertyType: z.string().optional(),
  rank: observed.rank,
  roomType: z.string().optional(),
  /** An empty list is a statement too. */
  tags: z.array(z.string()).optional(),
  timeZone: z.string().optional(),
  type: z.string().optional(),
});

const address = z.strictObject({
  city: z.string().optional(),
  country: z.string().optional(),
  full: z.string().optional(),
  /** Degrees, by their digits. */
  latitude: z.string().optional(),
  longitude: z.string().optional(),
  state: z.string().optional(),
  street: z.string().optional(),
  zipCode: z.string().optional(),
});

/** Texts for guests, by what each is about. */
const descriptions = z.strictObject({
  access: z.string().optional(),
  houseRules: z.string().optional(),
  /** How its host meets and helps guests. */
  hosting: z.string().optional(),
  neighbourhood: z.string().optional(),
  notes: z.string().optional(),
  space: z.string().optional(),
  summary: z.string().optional(),
  transit: z.string().optional(),
});

const personal = z.strictObject({
  address: address.optional(),
  customFields: z.array(z.strictObject({ id: z.string(), value: z.string() })).optional(),
  descriptions: descriptions.optional(),
  nickname: z.string().optional(),
  picture: z.string().optional(),
  title: z.string().optional(),
});

/** What a provider told about one place that guests stay at. */
export const listingObservedV1 = defineFact({
  type: 'intake.listing.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type ListingObservedV1 = z.infer<typeof data>;
export type ListingObservedV1Personal = z.infer<typeof personal>;
