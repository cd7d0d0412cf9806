import type { ListingObservedV1, ListingObservedV1Personal } from '#libs/contracts';

import {
  flag,
  instant,
  number,
  one,
  perCurrency,
  progress,
  text,
  texts,
  type ValuesOf,
} from './values.js';

export const prices =
  perCurrency<Omit<NonNullable<ListingObservedV1['prices']>, 'currency'>>('prices');

export const values = {
  active: flag,
  amenities: texts,
  address: one<NonNullable<ListingObservedV1Personal['address']>>(),
  bathroomTenths: number,
  bedrooms: number,
  beds: number,
  cancellationPolicy: text,
  channels: texts,
  checkInTime: text,
  checkOutTime: text,
  cleaning: one<NonNullable<ListingObservedV1['cleaning']>>(),
  createdAt: instant,
  currency: text,
  customFields: one<NonNullable<ListingObservedV1Personal['customFields']>>(),
  descriptions: one<NonNullable<ListingObservedV1Personal['descriptions']>>(),
  deletedAt: progress<number>(),
  guestsAtMost: number,
  listed: flag,
  maxNights: number,
  minNights: number,
  nickname: text,
  picture: text,
  prices,
  propertyType: text,
  roomType: text,
  tags: texts,
  timeZone: text,
  title: text,
  type: text,
};

export type ListingValues = ValuesOf<typeof values>;
