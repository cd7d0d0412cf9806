import { moneyText, type Json, type JsonObject } from '#libs/kernel';

import { changedAt, valuesOf, type RecordState } from '../merge/record-state.js';
import { gathered } from './groups.js';
import {
  commonFields,
  commonFieldsOf,
  declaredOf,
  idOf,
  isoOf,
  itemsOf,
  numberOf,
  referenceOf,
  shown,
  sourceOf,
  stringOf,
  type Kind,
} from './kind.js';

const ownFields = [
  ...['channel', 'checkInDate', 'checkOutDate', 'confirmationCode', 'conversation', 'guest'],
  ...['listing', 'status'],
] as const;

export const reservationKind: Kind = {
  name: 'reservation',
  fields: [...commonFields, ...ownFields],
  audience: ['staff'],
  names: { conversation: 'conversation', guest: 'guest', listing: 'listing' },
  namesInside: { 'money.': ['payment'], unit: ['listing'] },

  fieldsOf(state) {
    const values = valuesOf(state);
    return {
      ...declaredOf(values, ownFields),
      ...commonFieldsOf(state, values),
      updatedAt: toldAt(state, values),
    };
  },

  view(state) {
    const values = valuesOf(state);
    return shown({
      ...stayIn(values),
      ...lifeIn(values),
      bookedVia: values.bookedVia,
      channel: values.channel,
      confirmationCode: values.confirmationCode,
      conversation: values.conversation,
      customFields: values.customFields,
      deleted: values.deletedAt !== undefined,
      deletedAt: isoOf(values.deletedAt),
      displayName: nameOf(values),
      guest: guestIn(values),
      id: idOf(values),
      kind: 'reservation',
      listing: listingIn(values),
      money: moneyIn(values),
      notes: gathered('notes', values),
      returningGuest: values.returningGuest,
      source: sourceOf(values),
      updatedAt: isoOf(toldAt(state, values)),
    });
  },

  phonesOf(state) {
    const phone = stringOf(valuesOf(state).guestPhone);
    return phone === undefined ? [] : [phone];
  },
};

/** The provider's time of the newest word; the key of an answer is ahead of it. */
const toldAt = (state: RecordState, values: JsonObject): number =>
  numberOf(values.changedAt) ?? changedAt(state);

const nameOf = (values: JsonObject): string => {
  const guest = stringOf(values.guestName) ?? stringOf(values.confirmationCode) ?? idOf(values);
  const place = stringOf(values.listingNickname) ?? stringOf(values.listingTitle);
  return place === undefined ? guest : `${guest}, ${place}`;
};

const stayIn = (values: JsonObject) => ({
  checkInAt: isoOf(values.checkInAt),
  checkInDate: values.checkInDate,
  checkOutAt: isoOf(values.checkOutAt),
  checkOutDate: values.checkOutDate,
  guests: gathered('guests', values),
  nights: values.nights,
  plannedArrival: values.plannedArrival,
  plannedDeparture: values.plannedDeparture,
  stayStatus: values.stayStatus,
  /** What the local dates and times are in. */
  timeZone: values.timeZone,
  unit: values.unit,
});

/** When it was canceled says nothing once it is taken up again. */
const lifeIn = (values: JsonObject) => {
  const isCanceled = values.status === 'canceled';
  return {
    alteredAt: isoOf(values.alteredAt),
    canceledAt: isCanceled ? isoOf(values.canceledAt) : undefined,
    canceledBy: isCanceled ? values.canceledBy : undefined,
    cancellationReason: isCanceled ? values.cancellationReason : undefined,
    confirmedAt: isoOf(values.confirmedAt),
    createdAt: isoOf(values.createdAt),
    importedAt: isoOf(values.importedAt),
    reservedAt: isoOf(values.reservedAt),
    reservedUntil: isoOf(values.reservedUntil),
    status: values.status,
  };
};

const guestIn = (values: JsonObject): JsonObject | undefined => {
  const guest = referenceOf(values.guest, values.guestName);
  return guest && shown({ ...guest, mail: values.guestMail, phone: values.guestPhone });
};

const listingIn = (values: JsonObject): JsonObject | undefined => {
  const listing = referenceOf(values.listing, values.listingTitle);
  return listing && shown({ ...listing, nickname: values.listingNickname });
};

/** Whole numbers for machines, and beside them what people look for. */
const moneyIn = (values: JsonObject): JsonObject | undefined => {
  const currency = stringOf(values.currency);
  const money = currency === undefined ? undefined : gathered(`money.${currency}`, values);
  if (currency === undefined || !money) return undefined;
  const text = (amount: Json | undefined): string | undefined =>
    typeof amount === 'number' ? moneyText({ amount, currency }) : undefined;
  const spoken = shown({
    balanceDue: text(money.balanceDue),
    hostPayout: text(money.hostPayout),
    paid: text(money.paid),
    subtotal: text(money.subtotal),
  });
  const payments = itemsOf(money.payments)?.map((payment) =>
    shown({ ...payment, createdAt: isoOf(payment.createdAt), dueAt: isoOf(payment.dueAt) }),
  );
  return shown({ ...money, currency, payments, text: spoken });
};
