import type { JsonObject } from '#libs/kernel';

import {
  MOST,
  numberIn,
  objectIn,
  textIn,
  type CountedRecords,
  type CountedLine,
  type CountScope,
} from './counted.js';
import { daysLater, nightsBetween, spokenDay, type LocalDay } from './local-days.js';

/** A reservation as a stay. */
export interface CountedStay {
  readonly record: string;
  readonly guest: string;
  readonly guestId: string | undefined;
  readonly home: string | undefined;
  readonly homeId: string | undefined;
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly guests: number | undefined;
  readonly createdAt: string | undefined;
  readonly balance: { readonly amount: number; readonly currency: string } | undefined;
}

/** Nobody comes, or nobody said yet that somebody comes. */
const NO_STAY = new Set([
  ...['awaiting_payment', 'canceled', 'cancelled', 'closed', 'declined', 'expired', 'inquiry'],
  'reserved',
]);

export const stayOf = (record: JsonObject): CountedStay | undefined => {
  const from = textIn(record, 'checkInDate');
  const to = textIn(record, 'checkOutDate');
  const status = textIn(record, 'status');
  if (from === undefined || to === undefined || NO_STAY.has(status ?? '')) return undefined;
  const guest = objectIn(record, 'guest');
  const listing = objectIn(record, 'listing');
  const money = objectIn(record, 'money');
  const due = numberIn(money, 'balanceDue');
  const currency = money && textIn(money, 'currency');
  return {
    record: `reservation/${textIn(record, 'id') ?? ''}`,
    guest: (guest && textIn(guest, 'name')) ?? textIn(record, 'displayName') ?? '',
    guestId: guest && textIn(guest, 'id'),
    home: listing && (textIn(listing, 'nickname') ?? textIn(listing, 'name')),
    homeId: (listing && textIn(listing, 'id')) ?? textIn(record, 'unit'),
    from,
    to,
    guests: numberIn(objectIn(record, 'guests'), 'total'),
    createdAt: textIn(record, 'createdAt'),
    balance: due !== undefined && currency ? { amount: due, currency } : undefined,
  };
};

const isAbout =
  (about: readonly string[]) =>
  ({ record, homeId, guestId }: CountedStay): boolean =>
    about.length === 0 ||
    about.some((id) => [record, `listing/${homeId ?? ''}`, `guest/${guestId ?? ''}`].includes(id));

interface ReadStays {
  readonly stays: readonly CountedStay[];
  readonly more: boolean;
}

/** Stays by a day of theirs, or by the time somebody booked them. */
export const staysBy = async (
  { records, about }: CountScope,
  field: 'checkInDate' | 'checkOutDate' | 'createdAt' | 'longStayUntil',
  from: string | number,
  to?: string | number,
): Promise<ReadStays> => {
  const range = { kind: 'reservation', field, from, limit: MOST } as const;
  const { items, more } = await records.inRange(to === undefined ? range : { ...range, to });
  const stays = items.flatMap((item) => stayOf(item) ?? []).filter(isAbout(about));
  return { stays: await withHomes(records, stays), more };
};

/** A lean webhook does not say what the home is called: the listing does. */
const withHomes = async (
  records: CountScope['records'],
  stays: readonly CountedStay[],
): Promise<readonly CountedStay[]> => {
  const unnamed = stays.flatMap(({ home, homeId }) =>
    home === undefined && homeId !== undefined ? [`listing/${homeId}`] : [],
  );
  if (unnamed.length === 0) return stays;
  const homes = await records.showMany([...new Set(unnamed)]);
  return stays.map((stay) => {
    const listing = homes.get(`listing/${stay.homeId ?? ''}`);
    const name = listing && (textIn(listing, 'nickname') ?? textIn(listing, 'displayName'));
    return stay.home === undefined && name !== undefined ? { ...stay, home: name } : stay;
  });
};

/** As the catalog has it: who stays longer is in an index of its own. */
const LONG_STAY_DAYS = 28;

/** Who sleeps there in one of these nights: those who leave after the first day and came until the last. */
export const staysDuring = async (
  scope: CountScope,
  from: LocalDay,
  to: LocalDay,
): Promise<ReadStays> => {
  const after = daysLater(from, 1);
  const [short, long] = await Promise.all([
    staysBy(scope, 'checkOutDate', after, daysLater(to, LONG_STAY_DAYS)),
    staysBy(scope, 'longStayUntil', after),
  ]);
  const all = new Map([...short.stays, ...long.stays].map((stay) => [stay.record, stay]));
  return {
    stays: [...all.values()]
      .filter((stay) => stay.from <= to && stay.to > from)
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    more: short.more || long.more,
  };
};

export const stayLine = (
  { record, guest, home, from, to, guests }: CountedStay,
  language: string,
  beside?: string,
): CountedLine => ({
  record,
  text: [
    guest,
    home,
    `${spokenDay(from, language, true)} – ${spokenDay(to, language, true)}`,
    guests !== undefined && guests > 0 && `${guests}×`,
    beside,
  ]
    .filter(Boolean)
    .join(' · '),
});

const counted = (
  { stays, more }: ReadStays,
  { language }: CountScope,
  beside?: (stay: CountedStay) => string | undefined,
): CountedRecords => ({
  kind: 'reservation',
  count: stays.length,
  lines: stays.map((stay) => stayLine(stay, language, beside?.(stay))),
  more,
});

export const countArrivals = async (scope: CountScope): Promise<CountedRecords> =>
  counted(await staysBy(scope, 'checkInDate', scope.from, scope.to), scope);

export const countDepartures = async (scope: CountScope): Promise<CountedRecords> =>
  counted(await staysBy(scope, 'checkOutDate', scope.from, scope.to), scope);

export const countInHouse = async (scope: CountScope): Promise<CountedRecords> =>
  counted(await staysDuring(scope, scope.from, scope.to), scope);

/** Without a day: those that are there now, and those to come. */
export const countStays = async (scope: CountScope): Promise<CountedRecords> =>
  scope.isTimeSaid
    ? counted(await staysDuring(scope, scope.from, scope.to), scope)
    : counted(await staysBy(scope, 'checkOutDate', scope.today), scope);

export const countNewBookings = async (scope: CountScope): Promise<CountedRecords> =>
  counted(await staysBy(scope, 'createdAt', scope.fromMs, scope.toMs), scope);

export const countNights = async (scope: CountScope): Promise<CountedRecords> => {
  const { stays, more } = await staysDuring(scope, scope.from, scope.to);
  const end = daysLater(scope.to, 1);
  const nightsOf = ({ from, to }: CountedStay): number =>
    nightsBetween(from > scope.from ? from : scope.from, to < end ? to : end);
  const all = counted({ stays, more }, scope, (stay) => `${nightsOf(stay)} ☾`);
  return { ...all, count: stays.reduce((sum, stay) => sum + nightsOf(stay), 0) };
};
