import type { CalendarObservedV1, Fact } from '#libs/contracts';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import { changedAt, valuesOf, type Change } from '../merge/record-state.js';
import {
  commonFields,
  commonFieldsOf,
  declaredOf,
  idOf,
  isoOf,
  objectOf,
  shown,
  sourceOf,
  stringOf,
  type Kind,
} from './kind.js';

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

const ownFields = ['date', 'listing', 'reservation', 'status'] as const;

export const calendarDayKind: Kind = {
  name: 'calendar_day',
  fields: [...commonFields, ...ownFields],
  audience: ['staff'],

  fieldsOf(state) {
    const values = valuesOf(state);
    return {
      ...declaredOf({ ...values, ...objectOf(values.held) }, ownFields),
      ...commonFieldsOf(state, values),
    };
  },

  view(state) {
    const values = valuesOf(state);
    const { blocks, reservation, status } = objectOf(values.held);
    const id = idOf(values);
    return shown({
      allotment: values.allotment,
      arrivalsClosed: values.arrivalsClosed,
      blocks,
      date: values.date,
      deleted: false,
      departuresClosed: values.departuresClosed,
      displayName: [stringOf(values.date), stringOf(status)].filter(Boolean).join(' ') || id,
      id,
      kind: 'calendar_day',
      listing: values.listing,
      minNights: values.minNights,
      price: values.price,
      reservation,
      source: sourceOf(values),
      status,
      updatedAt: isoOf(changedAt(state)),
    });
  },

  phonesOf: () => [],
};
