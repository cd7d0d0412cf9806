import type { ReservationObservedV1, ReservationObservedV1Personal } from '#libs/contracts';

import {
  flag,
  group,
  id,
  instant,
  number,
  one,
  perCurrency,
  progress,
  text,
  whole,
  type ValuesOf,
} from './values.js';

type ToldMoney = NonNullable<ReservationObservedV1['money']>;
type MoneyItem = NonNullable<ToldMoney['items']>[number] & { readonly title?: string | undefined };
export type ReservationMoney = Omit<ToldMoney, 'currency' | 'items'> & {
  readonly items?: readonly MoneyItem[] | undefined;
};

export const guests = group<NonNullable<ReservationObservedV1['guests']>>('guests');
export const notes = group<NonNullable<ReservationObservedV1Personal['notes']>>('notes');
export const money = perCurrency<ReservationMoney>('money');

export const values = {
  alteredAt: instant,
  bookedVia: text,
  canceledAt: instant,
  canceledBy: text,
  cancellationReason: text,
  /** The provider's time of the newest value, told or answered. */
  changedAt: instant,
  channel: text,
  checkInAt: instant,
  checkInDate: text,
  checkOutAt: instant,
  checkOutDate: text,
  confirmationCode: text,
  confirmedAt: instant,
  conversation: id,
  createdAt: instant,
  currency: text,
  customFields: one<NonNullable<ReservationObservedV1Personal['customFields']>>(),
  deletedAt: progress<number>(),
  guest: id,
  guestMail: text,
  guestName: text,
  guestPhone: text,
  guests,
  importedAt: instant,
  isWhole: whole(),
  listing: id,
  listingNickname: text,
  listingTitle: text,
  money,
  nights: number,
  notes,
  plannedArrival: text,
  plannedDeparture: text,
  reservedAt: instant,
  reservedUntil: instant,
  returningGuest: flag,
  status: text,
  stayStatus: text,
  /** What the local dates and times are in. */
  timeZone: text,
  unit: id,
};

export type ReservationValues = ValuesOf<typeof values>;
