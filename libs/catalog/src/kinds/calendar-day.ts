import { calendarObservedV1, type CalendarObservedV1 } from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { filled, stringOf } from './show.js';
import { flag, id, number, one, text, type FieldsOf } from './values.js';

type CalendarDayData = CalendarObservedV1['days'][number];

const values = {
  allotment: number,
  arrivalsClosed: flag,
  date: text,
  departuresClosed: flag,
  /** Who holds a day is told with its status, in one word: a day that is free again has no reservation. */
  held: one<Pick<CalendarDayData, 'blocks' | 'reservation' | 'status'>>(),
  listing: id,
  minNights: number,
  price: one<NonNullable<CalendarDayData['price']>>(),
};

const fieldsOf = (day: CalendarDayData): Omit<FieldsOf<typeof values>, 'id'> => {
  const { blocks, reservation, status, ...rest } = day;
  return {
    ...rest,
    held: status === undefined ? undefined : filled({ blocks, reservation, status }),
  };
};

/**
 * A stretch of a listing's calendar is a record for each day. It has no `sections`: a day holds a status, a price and a
 * few words of the provider, which are counted and listed, never searched. A year of each home would be 365 passages
 * that are all alike; who stays when is said by the reservations.
 */
export const calendarDayKind = defineKind({
  name: 'calendar_day',
  values,
  from: (when) => [
    when(calendarObservedV1, ({ data: { days, listing } }) =>
      days.map((day) => {
        const id = `${listing}.${day.date}`;
        return { fields: { ...fieldsOf(day), id, listing } };
      }),
    ),
  ],
  fields: ['date', 'listing', 'reservation', 'status'],
  listed: ({ held }) => ({ reservation: held?.reservation, status: held?.status }),
  names: { listing: 'listing', reservation: 'reservation' },
  namesInside: { held: ['reservation'] },
  nameOf: ({ date, held }) =>
    [stringOf(date), stringOf(held?.status)].filter(Boolean).join(' ') || undefined,
  view: (values) => ({
    allotment: values.allotment,
    arrivalsClosed: values.arrivalsClosed,
    blocks: values.held?.blocks,
    date: values.date,
    departuresClosed: values.departuresClosed,
    listing: values.listing,
    minNights: values.minNights,
    price: values.price,
    reservation: values.held?.reservation,
    status: values.held?.status,
  }),
});
