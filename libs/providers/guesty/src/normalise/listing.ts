import type { ListingObservedV1, ListingObservedV1Personal } from '#libs/contracts';
import {
  currencyOf,
  flag,
  type Foreign,
  instant,
  label,
  listOf,
  moneyOf,
  nonEmpty,
  objectOf,
  objectsOf,
  present,
  presentAny,
  scaledOf,
  whole,
  unread,
} from '#libs/foreign';

import type { GuestyEntityReader } from './reader.js';
import {
  entityOf,
  observation,
  ownIdOf,
  type GuestyReport,
  understood,
  unknown,
} from './report.js';
import { channelOf, phrase } from './words.js';
import { clockTime, customFieldsOf, said } from './written.js';

/** Told whole, as of its last update; a delivery may be older than what is, so each asks for a look-up. */
export const listingReader: GuestyEntityReader = {
  under: 'listing',

  read({ report, body, deleted, asked }) {
    const own = ownIdOf(body._id) ?? ownIdOf(body.id) ?? ownIdOf(body.listingId) ?? ownIdOf(asked);
    if (own === undefined) {
      const told = body._id ?? body.id ?? body.listingId ?? asked;
      return unknown(unread('the id of the listing', told), report.event);
    }
    const hints = report.answers ? [] : [{ entity: 'listing', id: own }];
    return understood([draft(report, own, dataOf(body, deleted), personalOf(body))], hints);
  },

  gone: (report, id) => {
    const own = ownIdOf(id);
    return own === undefined ? [] : [draft(report, own, { deleted: true }, {})];
  },
};

type ListingFields = Omit<ListingObservedV1, 'event' | 'listing' | 'normaliser' | 'rank'>;

const draft = (
  report: GuestyReport,
  own: string,
  data: ListingFields,
  personal: ListingObservedV1Personal,
) => {
  const listing = entityOf(report, own) ?? '';
  const { at, event, normaliser, rank } = report;
  return observation({
    type: 'intake.listing.observed.v1',
    stream: `listing/${listing}`,
    occurredAt: at,
    data: { ...data, event, listing, normaliser, rank } satisfies ListingObservedV1,
    personal,
  });
};

const dataOf = (listing: Foreign, deleted: true | undefined): ListingFields => {
  const terms = objectOf(listing.terms);
  return {
    active: flag(listing.active),
    amenities: listOf(listing.amenities)?.flatMap((amenity) => label(amenity) ?? []),
    bathroomTenths: countOf(scaledOf(listing.bathrooms, 1)),
    bedrooms: whole(listing.bedrooms),
    beds: whole(listing.beds),
    cancellationPolicy: phrase(terms?.cancellation),
    channels: channelsOf(listing),
    checkInTime: clockTime(listing.defaultCheckInTime),
    checkOutTime: clockTime(listing.defaultCheckOutTime),
    cleaning: cleaningOf(listing),
    createdAt: instant(listing.createdAt),
    deleted,
    guestsAtMost: whole(listing.accommodates),
    listed: flag(listing.isListed ?? listing.listed),
    maxNights: whole(terms?.maxNights),
    minNights: whole(terms?.minNights),
    prices: pricesOf(objectOf(listing.prices)),
    propertyType: label(listing.propertyType),
    roomType: label(listing.roomType),
    tags: listOf(listing.tags)?.flatMap((tag) => label(tag) ?? []),
    timeZone: label(listing.timezone),
    type: phrase(listing.type),
  };
};

const countOf = (value: number | undefined): number | undefined =>
  value !== undefined && value >= 0 ? value : undefined;

const channelsOf = (listing: Foreign): string[] | undefined => {
  const named = objectsOf(listing.integrations).flatMap(
    ({ platform }) => channelOf(platform) ?? [],
  );
  return nonEmpty([...new Set(named)].sort());
};

const cleaningOf = (listing: Foreign): ListingObservedV1['cleaning'] => {
  const cleaning = objectOf(listing.cleaningStatus);
  // The one word of an enumeration that is written in one piece.
  const status = phrase(cleaning?.value);
  return presentAny({
    at: instant(cleaning?.updatedAt),
    status: status === 'waitingforinspection' ? 'waiting_for_inspection' : status,
  });
};

const pricesOf = (prices: Foreign | undefined): ListingObservedV1['prices'] => {
  const currency = currencyOf(prices?.currency);
  if (!prices || currency === undefined) return undefined;
  const amount = (value: unknown) => moneyOf(value, currency)?.amount;
  return present({
    base: amount(prices.basePrice),
    cleaning: amount(prices.cleaningFee),
    currency,
    extraPerson: amount(prices.extraPersonFee),
    guestsIncluded: whole(prices.guestsIncludedInRegularFee),
    monthlyFactor: countOf(scaledOf(prices.monthlyPriceFactor, 4)),
    securityDeposit: amount(prices.securityDepositFee),
    weekend: amount(prices.weekendBasePrice),
    weeklyFactor: countOf(scaledOf(prices.weeklyPriceFactor, 4)),
  });
};

const personalOf = (listing: Foreign): ListingObservedV1Personal => ({
  address: addressOf(objectOf(listing.address)),
  customFields: customFieldsOf(listing.customFields),
  descriptions: descriptionsOf(objectOf(listing.publicDescription)),
  nickname: said(listing.nickname),
  picture: said(objectOf(listing.picture)?.thumbnail ?? listing.picture),
  title: said(listing.title),
});

const descriptionsOf = (told: Foreign | undefined): ListingObservedV1Personal['descriptions'] =>
  told &&
  presentAny({
    access: said(told.access),
    houseRules: said(told.houseRules),
    hosting: said(told.interactionWithGuests),
    neighbourhood: said(told.neighborhood),
    notes: said(told.notes),
    space: said(told.space),
    summary: said(told.summary),
    transit: said(told.transit),
  });

const addressOf = (address: Foreign | undefined): ListingObservedV1Personal['address'] =>
  address &&
  presentAny({
    city: said(address.city),
    country: said(address.country),
    full: said(address.full),
    latitude: degrees(address.lat),
    longitude: degrees(address.lng),
    state: said(address.state),
    street: said(address.street),
    zipCode: said(address.zipcode),
  });

const degrees = (value: unknown): string | undefined =>
  typeof value === 'number' && Math.abs(value) <= 180 ? String(value) : undefined;
