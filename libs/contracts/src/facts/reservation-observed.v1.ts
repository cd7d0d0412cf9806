import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, localDate, money, observed } from './parts.js';

/** In the smallest unit of the money's currency. */
const amount = z.int().optional();

const item = z.strictObject({
  amount,
  id: z.string().optional(),
  /** The provider's short code: fare, cleaning, promotion. */
  kind: z.string().optional(),
  tax: z.boolean().optional(),
  type: z.string().optional(),
});

const payment = z.strictObject({
  amount: money.optional(),
  createdAt: instant.optional(),
  dueAt: instant.optional(),
  id: entityId,
  status: z.string().optional(),
});

const reservationMoney = z.strictObject({
  accommodation: amount,
  accommodationAdjusted: amount,
  balanceDue: amount,
  cleaning: amount,
  commission: amount,
  currency: z.string(),
  fullyPaid: z.boolean().optional(),
  hostPayout: amount,
  hostServiceFee: amount,
  items: z.array(item).optional(),
  netIncome: amount,
  ownerRevenue: amount,
  paid: amount,
  payments: z.array(payment).optional(),
  paymentsDue: amount,
  refunded: amount,
  subtotal: amount,
  taxes: amount,
});

const data = z.strictObject({
  alteredAt: instant.optional(),
  /**
   * The provider answered our question. `whole`: with all there is, so that what it does not say is not so;
   * `part`: with some fields of it.
   */
  answer: z.enum(['part', 'whole']).optional(),
  canceledAt: instant.optional(),
  canceledBy: z.string().optional(),
  channel: z.string().optional(),
  checkInAt: instant.optional(),
  /** The day of arrival at the listing's place, not elsewhere. */
  checkInDate: localDate.optional(),
  checkOutAt: instant.optional(),
  checkOutDate: localDate.optional(),
  confirmationCode: z.string().optional(),
  confirmedAt: instant.optional(),
  conversation: entityId.optional(),
  createdAt: instant.optional(),
  deleted: z.literal(true).optional(),
  event: observed.event,
  guest: entityId.optional(),
  guests: z
    .strictObject({
      adults: z.int().optional(),
      children: z.int().optional(),
      infants: z.int().optional(),
      pets: z.int().optional(),
      total: z.int().optional(),
    })
    .optional(),
  importedAt: instant.optional(),
  listing: entityId.optional(),
  money: reservationMoney.optional(),
  nights: z.int().optional(),
  normaliser: observed.normaliser,
  /** `15:00`, at the listing's place. */
  plannedArrival: z.string().optional(),
  plannedDeparture: z.string().optional(),
  rank: observed.rank,
  reservation: entityId,
  reservedAt: instant.optional(),
  reservedUntil: instant.optional(),
  returningGuest: z.boolean().optional(),
  source: z.string().optional(),
  status: z.string().optional(),
  /** Whether the guest is there: `checked_in`, `checked_out`, `no_show`. */
  stayStatus: z.string().optional(),
  /** Of the listing: what the local dates and times are in. */
  timeZone: z.string().optional(),
  /** Of a listing with several units alike. */
  unit: entityId.optional(),
});

const notes = z.strictObject({
  cleaning: z.string().optional(),
  guest: z.string().optional(),
  keyCode: z.string().optional(),
  other: z.string().optional(),
  specialRequests: z.string().optional(),
});

const personal = z.strictObject({
  cancellationReason: z.string().optional(),
  customFields: z.array(z.strictObject({ id: z.string(), value: z.string() })).optional(),
  guestMail: z.string().optional(),
  guestName: z.string().optional(),
  guestPhone: z.string().optional(),
  /** In the order of `data.money.items`. */
  itemTitles: z.array(z.string()).optional(),
  listingNickname: z.string().optional(),
  listingTitle: z.string().optional(),
  notes: notes.optional(),
  /** Where it was booked, where that is no word of the provider's own. */
  source: z.string().optional(),
});

/** What a provider told about one reservation, and what it mentioned about its guest and listing. */
export const reservationObservedV1 = defineFact({
  type: 'intake.reservation.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type ReservationObservedV1 = z.infer<typeof data>;
export type ReservationObservedV1Personal = z.infer<typeof personal>;
