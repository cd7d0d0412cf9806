import { listingObservedV1 } from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { sectionsOfListing } from './listing-sections.js';
import { prices, values } from './listing-values.js';
import { isoOf, shown, stringOf } from './show.js';

/** Removed for good: what was told before may come after, and a look-up finds nothing. */
const GONE = 9;

export const listingKind = defineKind({
  name: 'listing',
  values,
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
    amenities: values.amenities,
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
    descriptions: values.descriptions,
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
  sections: sectionsOfListing,
});
