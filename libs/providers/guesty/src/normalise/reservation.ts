import type { ReservationObservedV1, ReservationObservedV1Personal } from '#libs/contracts';
import {
  flag,
  type Foreign,
  instant,
  label,
  localDate,
  objectOf,
  objectsOf,
  presentAny,
  whole,
  word,
  unread,
} from '#libs/foreign';
import type { Observation } from '#libs/ports/provider';

import { nameIn, phoneIn } from './people.js';
import type { GuestyEntityReader, EntityReport } from './reader.js';
import { itemTitlesOf, moneyIn } from './reservation-money.js';
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

/**
 * The old envelope tells a reservation whole, as of its last update; the new one tells a few fields, and its
 * reference does not say how they nest. Either may be older than what is: every report asks for a look-up.
 */
export const reservationReader: GuestyEntityReader = {
  under: 'reservation',

  read(told) {
    const { report, body } = told;
    const own = idIn(told);
    if (own === undefined)
      return unknown(unread('the id of the reservation', namesIn(told).at(0)), report.event);
    const hints = report.answers ? [] : [{ entity: 'reservation', id: own }];
    return understood([reservationObservation(report, own, body)], hints);
  },

  gone: (report, id) => {
    const reservation = entityOf(report, id);
    if (reservation === undefined) return [];
    const { at, event, normaliser, rank } = report;
    const data: ReservationObservedV1 = { deleted: true, event, normaliser, rank, reservation };
    return [draft(reservation, at, data, {})];
  },
};

const idIn = (told: EntityReport): string | undefined => namesIn(told).map(ownIdOf).find(Boolean);

/** The places where a reservation may be named, the likeliest first. */
const namesIn = ({ body, whole: beside, asked }: EntityReport): readonly unknown[] =>
  [body.reservationId, body._id, body.id, beside.reservationId, asked].filter(
    (name) => name !== undefined && name !== null,
  );

const draft = (
  reservation: string,
  occurredAt: number,
  data: ReservationObservedV1,
  personal: ReservationObservedV1Personal,
): Observation =>
  observation({
    type: 'intake.reservation.observed.v1',
    stream: `reservation/${reservation}`,
    occurredAt,
    data,
    personal,
  });

const reservationObservation = (report: GuestyReport, own: string, body: Foreign): Observation => {
  const reservation = `guesty.${report.account}.${own}`;
  // The third version of the API speaks of one stay or several; there is one.
  const stay = objectsOf(body.stay)[0] ?? {};
  const data: ReservationObservedV1 = {
    ...relationsOf(report, body, stay),
    ...stayOf(body, stay),
    ...lifeOf(body),
    answer: report.answers && (isWhole(body) ? 'whole' : 'part'),
    event: report.event,
    money: moneyIn(report, objectOf(body.money)),
    normaliser: report.normaliser,
    rank: report.rank,
    reservation,
  };
  return draft(reservation, report.at, data, personalOf(body));
};

/** What only an answer with every field carries. */
const isWhole = (body: Foreign): boolean =>
  objectOf(body.money) !== undefined &&
  [
    body.createdAt,
    body.lastUpdatedAt,
    body.status,
    body.listingId,
    body.checkInDateLocalized,
  ].every((value) => typeof value === 'string');

type Relations = 'channel' | 'conversation' | 'guest' | 'listing' | 'source' | 'timeZone' | 'unit';

const relationsOf = (
  report: GuestyReport,
  body: Foreign,
  stay: Foreign,
): Pick<ReservationObservedV1, Relations> => {
  const entity = (...candidates: readonly unknown[]) =>
    candidates.map((value) => entityOf(report, value)).find((id) => id !== undefined);
  const listing = objectOf(body.listing);
  const platform = objectOf(body.integration)?.platform ?? body.platform;
  return {
    channel: channelOf(platform),
    conversation: entity(body.conversationId),
    guest: entity(body.guestId, body.bookerId, objectOf(body.guest)?._id),
    listing: entity(body.listingId, listing?._id, stay.unitTypeId, body.unitTypeId, body.unitId),
    source: word(body.source),
    timeZone: label(listing?.timezone ?? body.timezone),
    unit: unitOf(entity(body.unitId, stay.unitId), entity(body.listingId, stay.unitTypeId)),
  };
};

/** Of a single listing both are the same, and the new envelope gives only this one of them. */
const unitOf = (unit: string | undefined, listing: string | undefined): string | undefined =>
  listing === undefined || unit === listing ? undefined : unit;

type Stay =
  | 'checkInAt'
  | 'checkInDate'
  | 'checkOutAt'
  | 'checkOutDate'
  | 'guests'
  | 'nights'
  | 'plannedArrival'
  | 'plannedDeparture'
  | 'stayStatus';

const stayOf = (body: Foreign, stay: Foreign): Pick<ReservationObservedV1, Stay> => {
  const stayStatus = phrase(objectOf(body.guestStay)?.status);
  return {
    checkInAt: instant(body.checkIn),
    checkInDate: localDate(body.checkInDateLocalized ?? stay.checkInDateLocalized),
    checkOutAt: instant(body.checkOut),
    checkOutDate: localDate(body.checkOutDateLocalized ?? stay.checkOutDateLocalized),
    guests: guestsOf(body, stay),
    nights: whole(body.nightsCount),
    plannedArrival: clockTime(body.plannedArrival ?? stay.eta),
    plannedDeparture: clockTime(body.plannedDeparture ?? stay.etd),
    stayStatus: stayStatus === 'not_set' ? undefined : stayStatus,
  };
};

/** `numberOfGuests` is a number here and its parts there. */
const guestsOf = (body: Foreign, stay: Foreign): ReservationObservedV1['guests'] => {
  const count = body.numberOfGuests ?? stay.numberOfGuests;
  const parts = objectOf(count);
  return presentAny({
    adults: whole(parts?.numberOfAdults),
    children: whole(parts?.numberOfChildren),
    infants: whole(parts?.numberOfInfants),
    pets: whole(parts?.numberOfPets),
    total: whole(body.guestsCount) ?? whole(stay.guestsCount) ?? whole(count),
  });
};

type Life =
  | 'alteredAt'
  | 'canceledAt'
  | 'canceledBy'
  | 'confirmationCode'
  | 'confirmedAt'
  | 'createdAt'
  | 'importedAt'
  | 'reservedAt'
  | 'reservedUntil'
  | 'returningGuest'
  | 'status';

const lifeOf = (body: Foreign): Pick<ReservationObservedV1, Life> => ({
  alteredAt: instant(body.alteredAt),
  canceledAt: instant(body.canceledAt),
  canceledBy: phrase(body.canceledBy),
  confirmationCode: word(body.confirmationCode),
  confirmedAt: instant(body.confirmedAt),
  createdAt: instant(body.createdAt),
  importedAt: instant(body.importedAt),
  reservedAt: instant(body.reservedAt),
  reservedUntil: instant(body.reservedUntil),
  returningGuest: flag(body.isReturningGuest),
  status: phrase(body.status),
});

const personalOf = (body: Foreign): ReservationObservedV1Personal => {
  const guest = objectOf(body.guest);
  const listing = objectOf(body.listing);
  return {
    cancellationReason: said(body.cancellationReason),
    customFields: customFieldsOf(body.customFields),
    guestMail: said(guest?.email),
    guestName: guest && nameIn(guest),
    guestPhone: phoneIn(guest?.phone),
    itemTitles: itemTitlesOf(objectOf(body.money)),
    listingNickname: said(listing?.nickname),
    listingTitle: said(listing?.title),
    notes: notesOf(body),
    source: word(body.source) === undefined ? said(body.source) : undefined,
  };
};

const notesOf = (body: Foreign): ReservationObservedV1Personal['notes'] => {
  const notes = objectOf(body.notes);
  return presentAny({
    cleaning: said(notes?.cleaning),
    guest: said(notes?.guest),
    keyCode: said(body.keyCode) ?? said(notes?.keyCode),
    other: said(body.note) ?? said(notes?.other),
    specialRequests: said(notes?.specialRequests),
  });
};
