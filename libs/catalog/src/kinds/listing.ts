import type { Fact, ListingObservedV1, ListingObservedV1Personal } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { gathered, spread } from './groups.js';
import { kindOf } from './kind-of.js';
import { isoOf, objectOf, shown, stringOf } from './kind.js';

/** Removed for good: what was told before may come after, and a look-up finds nothing. */
const GONE = 9;

export const changesOfListing = (fact: Fact): Change[] => {
  const data = fact.data as ListingObservedV1;
  const personal = fact.personal as ListingObservedV1Personal | undefined;
  const { deleted, event: _event, listing, normaliser, prices, rank, ...said } = data;
  return [
    {
      kind: 'listing',
      id: listing,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: { ...said, ...personal, ...pricesOf(prices), id: listing },
      ...(deleted && { progress: { stage: GONE, fields: { deletedAt: fact.occurredAt } } }),
    },
  ];
};

/** Each currency is a group of its own: amounts of two are never put together. */
const pricesOf = (prices: ListingObservedV1['prices']): Fields => {
  if (!prices) return {};
  const { currency, ...amounts } = prices;
  return { ...spread(`prices.${currency}`, amounts), currency };
};

const pricesIn = (values: JsonObject): JsonObject | undefined => {
  const currency = stringOf(values.currency);
  const prices = currency === undefined ? undefined : gathered(`prices.${currency}`, values);
  return currency !== undefined && prices ? { ...prices, currency } : undefined;
};

export const listingKind = kindOf({
  name: 'listing',
  fields: ['timeZone', 'type'],
  nameOf: (values) => stringOf(values.title) ?? stringOf(values.nickname),
  show: (values) => {
    const cleaning = objectOf(values.cleaning);
    return {
      active: values.active,
      address: values.address,
      bathroomTenths: values.bathroomTenths,
      bedrooms: values.bedrooms,
      beds: values.beds,
      cancellationPolicy: values.cancellationPolicy,
      channels: values.channels,
      checkInTime: values.checkInTime,
      checkOutTime: values.checkOutTime,
      cleaning: values.cleaning && shown({ at: isoOf(cleaning.at), status: cleaning.status }),
      createdAt: isoOf(values.createdAt),
      customFields: values.customFields,
      guestsAtMost: values.guestsAtMost,
      listed: values.listed,
      maxNights: values.maxNights,
      minNights: values.minNights,
      nickname: values.nickname,
      picture: values.picture,
      prices: pricesIn(values),
      propertyType: values.propertyType,
      roomType: values.roomType,
      tags: values.tags,
      timeZone: values.timeZone,
      title: values.title,
      type: values.type,
    };
  },
});
