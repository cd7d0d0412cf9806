import {
  listingObservedV1,
  type ListingObservedV1,
  type ListingObservedV1Personal,
} from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { isoOf, shown, stringOf } from './show.js';
import { flag, instant, number, one, perCurrency, progress, text, texts } from './values.js';

/** Removed for good: what was told before may come after, and a look-up finds nothing. */
const GONE = 9;

const prices = perCurrency<Omit<NonNullable<ListingObservedV1['prices']>, 'currency'>>('prices');

export const listingKind = defineKind({
  name: 'listing',
  values: {
    active: flag,
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
  },
  from: (when) => [
    when(listingObservedV1, ({ fact, data, personal }) => {
      const {
        deleted,
        event: _event,
        listing,
        normaliser: _normaliser,
        prices: told,
        rank: _rank,
        ...rest
      } = data;
      return {
        fields: { ...rest, ...personal, ...prices.told(told), id: listing },
        progress: deleted && { stage: GONE, fields: { deletedAt: fact.occurredAt } },
      };
    }),
  ],
  fields: ['timeZone', 'type'],
  nameOf: ({ nickname, title }) => stringOf(title) ?? stringOf(nickname),
  view: (values) => ({
    active: values.active,
    address: values.address,
    bathroomTenths: values.bathroomTenths,
    bedrooms: values.bedrooms,
    beds: values.beds,
    cancellationPolicy: values.cancellationPolicy,
    channels: values.channels,
    checkInTime: values.checkInTime,
    checkOutTime: values.checkOutTime,
    cleaning:
      values.cleaning && shown({ at: isoOf(values.cleaning.at), status: values.cleaning.status }),
    createdAt: isoOf(values.createdAt),
    customFields: values.customFields,
    guestsAtMost: values.guestsAtMost,
    listed: values.listed,
    maxNights: values.maxNights,
    minNights: values.minNights,
    nickname: values.nickname,
    picture: values.picture,
    prices: values.prices,
    propertyType: values.propertyType,
    roomType: values.roomType,
    tags: values.tags,
    timeZone: values.timeZone,
    title: values.title,
    type: values.type,
  }),
});
