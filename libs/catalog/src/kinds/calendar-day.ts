import type { CalendarObservedV1, Fact } from '#libs/contracts';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { kindOf } from './kind-of.js';
import { objectOf, shown, stringOf } from './kind.js';

/** A stretch of a listing's calendar is a record for each day. */
export const changesOfCalendar = (fact: Fact): Change[] => {
  const { days, listing, normaliser, rank } = fact.data as CalendarObservedV1;
  const key = orderKey(fact.occurredAt, rank, normaliser, fact);
  return days.map((day) => {
    const id = `${listing}.${day.date}`;
    return { kind: 'calendar_day', id, key, fields: { ...fieldsOf(day), id, listing } };
  });
};

/** Who holds a day is told with its status, in one word: a day that is free again has no reservation. */
const fieldsOf = (day: CalendarObservedV1['days'][number]): Fields => {
  const { blocks, reservation, status, ...said } = day;
  return {
    ...said,
    held: status === undefined ? undefined : shown({ blocks, reservation, status }),
  };
};

export const calendarDayKind = kindOf({
  name: 'calendar_day',
  fields: ['date', 'listing', 'reservation', 'status'],
  names: { listing: 'listing', reservation: 'reservation' },
  namesInside: { held: ['reservation'] },
  unpack: (values) => ({ ...values, ...objectOf(values.held) }),
  nameOf: ({ date, status }) =>
    [stringOf(date), stringOf(status)].filter(Boolean).join(' ') || undefined,
  show: (values) => ({
    allotment: values.allotment,
    arrivalsClosed: values.arrivalsClosed,
    blocks: values.blocks,
    date: values.date,
    departuresClosed: values.departuresClosed,
    listing: values.listing,
    minNights: values.minNights,
    price: values.price,
    reservation: values.reservation,
    status: values.status,
  }),
});
