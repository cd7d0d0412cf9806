import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, observed } from './parts.js';

/** Hundredths of a point, so that nothing is rounded: 4.55 of 5 is 455 of 5. */
const rating = { hundredths: z.int(), of: z.int().optional() };

const data = z.strictObject({
  /** `host`: what was said of the guest. */
  by: z.enum(['guest', 'host']).optional(),
  channel: z.string().optional(),
  createdAt: instant.optional(),
  deleted: z.literal(true).optional(),
  ...observed,
  /** The channel's own ids. */
  externalReservation: z.string().optional(),
  externalReview: z.string().optional(),
  guest: entityId.optional(),
  /** Not published yet, or taken off. */
  hidden: z.boolean().optional(),
  language: z.string().optional(),
  listing: entityId.optional(),
  rating: z.strictObject(rating).optional(),
  /** Of cleanliness, location and so on, in the channel's words. */
  ratings: z.array(z.strictObject({ ...rating, name: z.string() })).optional(),
  replies: z
    .array(z.strictObject({ at: instant.optional(), id: entityId, status: z.string().optional() }))
    .optional(),
  reservation: entityId.optional(),
  review: entityId,
});

const personal = z.strictObject({
  authorName: z.string().optional(),
  negative: z.string().optional(),
  positive: z.string().optional(),
  /** For the host's eyes only. */
  privateText: z.string().optional(),
  publicText: z.string().optional(),
  replies: z.array(z.strictObject({ id: entityId, text: z.string() })).optional(),
  title: z.string().optional(),
});

/** What a provider told about one review and what was answered to it. */
export const reviewObservedV1 = defineFact({
  type: 'intake.review.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type ReviewObservedV1 = z.infer<typeof data>;
export type ReviewObservedV1Personal = z.infer<typeof personal>;
