import { moneyText, type JsonObject } from '#libs/kernel';

import type { ReservationValues } from './reservation-values.js';
import { isoOf, referenceOf, shown, stringOf } from './show.js';

export const nameOf = (values: ReservationValues): string => {
  const guest = stringOf(values.guestName) ?? stringOf(values.confirmationCode) ?? values.id;
  const place = stringOf(values.listingNickname) ?? stringOf(values.listingTitle);
  return place === undefined ? guest : `${guest}, ${place}`;
};

export const stayIn = (values: ReservationValues) => ({
  checkInAt: isoOf(values.checkInAt),
  checkInDate: values.checkInDate,
  checkOutAt: isoOf(values.checkOutAt),
  checkOutDate: values.checkOutDate,
  guests: values.guests,
  nights: values.nights,
  plannedArrival: values.plannedArrival,
  plannedDeparture: values.plannedDeparture,
  stayStatus: values.stayStatus,
  timeZone: values.timeZone,
  unit: values.unit,
});

/** When it was canceled says nothing once it is taken up again. */
export const lifeIn = (values: ReservationValues) => {
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

export const guestIn = (values: ReservationValues): JsonObject | undefined => {
  const guest = referenceOf(values.guest, values.guestName);
  return guest && shown({ ...guest, mail: values.guestMail, phone: values.guestPhone });
};

export const listingIn = (values: ReservationValues): JsonObject | undefined => {
  const listing = referenceOf(values.listing, values.listingTitle);
  return listing && shown({ ...listing, nickname: values.listingNickname });
};

/** Whole numbers for machines, and beside them what people look for. */
export const moneyIn = ({ money }: ReservationValues): JsonObject | undefined => {
  if (!money) return undefined;
  const { currency, payments, ...amounts } = money;
  const text = (amount: number | undefined): string | undefined =>
    amount === undefined ? undefined : moneyText({ amount, currency });
  const spoken = shown({
    balanceDue: text(money.balanceDue),
    hostPayout: text(money.hostPayout),
    paid: text(money.paid),
    subtotal: text(money.subtotal),
  });
  const listed = payments?.map((payment) =>
    shown({ ...payment, createdAt: isoOf(payment.createdAt), dueAt: isoOf(payment.dueAt) }),
  );
  return shown({ ...amounts, currency, payments: listed, text: spoken });
};
