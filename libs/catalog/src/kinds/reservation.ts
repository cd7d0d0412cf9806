import {
  reservationObservedV1,
  type ReservationObservedV1,
  type ReservationObservedV1Personal,
} from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { sectionsOfReservation } from './reservation-sections.js';
import { lifeIn, moneyIn, guestIn, listingIn, nameOf, stayIn } from './reservation-view.js';
import { guests, money, notes, values } from './reservation-values.js';
import { phoneScopes } from './scopes.js';
import { filled } from './show.js';
import type { FieldsOf } from './values.js';

/**
 * An answer of the provider has the time of the reservation's last change. A lean webhook has the time when it was
 * published: moments later, and sometimes with the state before. So an answer counts as if it were this much younger;
 * what changes within that time is looked up again.
 */
const PUBLISHING_MS = 10_000;

/** Gone for good, for any later fact, whole or not. */
const GONE = 9;

const fieldsOf = (
  data: ReservationObservedV1,
  personal: Partial<ReservationObservedV1Personal>,
): FieldsOf<typeof values> => {
  const { answer: _answer, deleted: _deleted, normaliser: _normaliser, ...said } = data;
  const {
    event: _event,
    guests: staying,
    money: amounts,
    rank: _rank,
    reservation,
    source,
    ...told
  } = said;
  const { itemTitles, notes: noted, source: sourceText, ...words } = personal;
  return {
    ...told,
    ...words,
    ...guests.told(staying),
    ...notes.told(noted),
    ...money.told(amounts && { ...amounts, items: titled(amounts.items, itemTitles) }),
    bookedVia: source ?? sourceText,
    id: reservation,
  };
};

const titled = (
  items: NonNullable<ReservationObservedV1['money']>['items'],
  titles: readonly string[] | undefined,
) => items?.map(({ type, ...item }, i) => filled({ ...item, title: titles?.[i], type }));

/**
 * Who is in the house on a day leaves within so many days, or is in the index of long stays. So that question costs
 * the stays around the day, and not all that are stored.
 */
export const LONG_STAY_DAYS = 28;
const DAY_MS = 86_400_000;

const isLong = (from: string | undefined, to: string | undefined): boolean =>
  from !== undefined &&
  to !== undefined &&
  Date.parse(to) - Date.parse(from) > LONG_STAY_DAYS * DAY_MS;

export const reservationKind = defineKind({
  name: 'reservation',
  values,
  from: (when) => [
    when(reservationObservedV1, ({ fact, data, personal }) => ({
      at: fact.occurredAt + (data.answer === undefined ? 0 : PUBLISHING_MS),
      fields: {
        ...fieldsOf(data, personal),
        changedAt: fact.occurredAt,
        isWhole: data.answer === 'whole' ? true : undefined,
      },
      progress: data.deleted && { stage: GONE, fields: { deletedAt: fact.occurredAt } },
    })),
  ],
  fields: [
    'channel',
    'checkInDate',
    'checkOutDate',
    'confirmationCode',
    'conversation',
    'createdAt',
    'guest',
    'listing',
    'longStayUntil',
    'status',
  ],
  listed: ({ checkInDate, checkOutDate }) => ({
    longStayUntil: isLong(checkInDate, checkOutDate) ? checkOutDate : undefined,
  }),
  // The provider's time of the newest value; the key of an answer is ahead of it.
  changedAt: ({ changedAt }) => changedAt,
  names: { conversation: 'conversation', guest: 'guest', listing: 'listing' },
  namesInside: { money: ['payment'], unit: ['listing'] },
  repeats: { 'money.payments': 'payment' },
  nameOf,
  view: (values) => ({
    ...stayIn(values),
    ...lifeIn(values),
    bookedVia: values.bookedVia,
    channel: values.channel,
    confirmationCode: values.confirmationCode,
    conversation: values.conversation,
    customFields: values.customFields,
    guest: guestIn(values),
    listing: listingIn(values),
    money: moneyIn(values),
    notes: values.notes,
    returningGuest: values.returningGuest,
  }),
  sections: sectionsOfReservation,
  scope: ({ guestPhone }, phoneHash) => phoneScopes([guestPhone], phoneHash),
  about: { named: 'guest' },
});
