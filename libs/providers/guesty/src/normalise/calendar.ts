import type { CalendarObservedV1 } from '#libs/contracts';
import {
  currencyOf,
  flag,
  type Foreign,
  localDate,
  moneyOf,
  objectOf,
  objectsOf,
  present,
  whole,
} from '#libs/foreign';
import type { Hint } from '#libs/ports/provider';

import type { GuestyEntityReader, EntityReport } from './reader.js';
import { entityOf, observation, ownIdOf, understood, unknown } from './report.js';
import { phrase } from './words.js';

type GuestyCalendarDay = CalendarObservedV1['days'][number];

/** More than a year of one listing; a longer report is cut, so that each fact fits the log. */
const DAYS_IN_A_FACT = 400;

/**
 * The old envelope tells days, and no time; the new one only which days are worth a look. The answer is as
 * of the question.
 */
export const calendarReader: GuestyEntityReader = {
  under: 'calendar',

  read(told) {
    const { report } = told;
    const listings = daysByListing(told);
    const hints = report.answers ? [] : hintsOf(told, listings);
    if (listings.size === 0 && hints.length === 0 && !report.answers)
      return unknown('the days of the calendar are missing', report.event);
    const observations = [...listings].flatMap(([own, days]) =>
      cut(days).map((part) => observationOf(told, own, part)),
    );
    return understood(observations, hints);
  },
};

const observationOf = ({ report }: EntityReport, own: string, days: GuestyCalendarDay[]) => {
  const listing = entityOf(report, own) ?? '';
  const { at, event, normaliser, rank } = report;
  return observation({
    type: 'intake.calendar.observed.v1',
    stream: `calendar/${listing}`,
    occurredAt: at,
    data: { days, event, listing, normaliser, rank } satisfies CalendarObservedV1,
    personal: {},
  });
};

const cut = (days: readonly GuestyCalendarDay[]): GuestyCalendarDay[][] =>
  Array.from({ length: Math.ceil(days.length / DAYS_IN_A_FACT) }, (_, i) =>
    days.slice(i * DAYS_IN_A_FACT, (i + 1) * DAYS_IN_A_FACT),
  );

/** In the order of the days; of one told twice the later one in the body. */
const daysByListing = (told: EntityReport): ReadonlyMap<string, GuestyCalendarDay[]> => {
  const listings = new Map<string, Map<string, GuestyCalendarDay>>();
  const asked = told.asked?.split('/', 1)[0];
  for (const entry of entriesIn(told)) {
    const own = ownIdOf(entry.listingId) ?? ownIdOf(asked);
    const date = localDate(entry.date);
    if (own === undefined || date === undefined) continue;
    const days = listings.get(own) ?? new Map<string, GuestyCalendarDay>();
    listings.set(own, days.set(date, dayOf(told, date, entry)));
  }
  const inOrder = (days: ReadonlyMap<string, GuestyCalendarDay>) =>
    [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  return new Map([...listings].map(([own, days]) => [own, inOrder(days)]));
};

const entriesIn = ({ body, whole: beside }: EntityReport): readonly Foreign[] => {
  const lists = [beside.calendar, objectOf(beside.data)?.days, body.days];
  return objectsOf(lists.find((list) => Array.isArray(list)));
};

/** Why a day cannot be sold, by the letters the provider has for it. */
const blocks: ReadonlyMap<string, string> = new Map([
  ['a', 'allotment'],
  ['abl', 'annual_limit'],
  ['an', 'advance_notice'],
  ['b', 'booked'],
  ['bd', 'default'],
  ['bw', 'booking_window'],
  ['ic', 'ical'],
  ['m', 'manual'],
  ['o', 'owner'],
  ['pt', 'preparation'],
  ['r', 'reserved'],
  ['sr', 'smart_rule'],
]);

const dayOf = ({ report }: EntityReport, date: string, entry: Foreign): GuestyCalendarDay => {
  const flags = objectOf(entry.blocks);
  return present({
    allotment: whole(entry.allotment),
    arrivalsClosed: flag(entry.cta),
    blocks:
      flags && [...blocks].flatMap(([letters, why]) => (flags[letters] === true ? [why] : [])),
    date,
    departuresClosed: flag(entry.ctd),
    minNights: whole(entry.minNights),
    price: moneyOf(entry.price, currencyOf(entry.currency)),
    reservation: entityOf(report, entry.reservationId ?? referenceIn(entry)),
    status: phrase(entry.status),
  });
};

const referenceIn = (entry: Foreign): unknown =>
  objectsOf(entry.blockRefs).find(({ reservationId }) => reservationId !== undefined)
    ?.reservationId;

/** The reference says days; a look-up of a day too many does no harm. */
const dayIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? localDate(value.slice(0, 10)) : undefined;

/** Which days to look up: `<listing>/<first>/<last>`. */
const hintsOf = (
  { body, whole: beside }: EntityReport,
  listings: ReadonlyMap<string, readonly GuestyCalendarDay[]>,
): Hint[] => {
  const told = [...listings].flatMap(([own, days]) => {
    const [first, last] = [days[0]?.date, days.at(-1)?.date];
    return first && last ? [hintOf(own, first, last)] : [];
  });
  const listing = ownIdOf(body.listingId) ?? ownIdOf(beside.listingId);
  const range = objectOf(body.dateRange) ?? objectOf(beside.dateRange);
  const start = dayIn(range?.start ?? range?.startDate);
  const end = dayIn(range?.end ?? range?.endDate);
  const named = listing !== undefined && start && end ? [hintOf(listing, start, end)] : [];
  return [...told, ...named];
};

const hintOf = (listing: string, first: string, last: string): Hint => ({
  entity: 'calendar',
  id: `${listing}/${first}/${last}`,
});
