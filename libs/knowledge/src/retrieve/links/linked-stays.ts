import type { Catalog } from '#libs/catalog';
import type { JsonObject } from '#libs/kernel';

import { dayIn, type CalendarDay } from '../time/calendar.js';
import { objectOf, phonesOf, textOf } from './view-fields.js';

/** Records for one asker: what is for others does not exist. */
export type AskersRecords = Pick<
  ReturnType<Catalog['recordsFor']>,
  'inRange' | 'list' | 'showMany'
>;

/** A reservation as what links a home, days and a guest. */
export interface LinkedStay {
  /** `reservation/…`. */
  readonly record: string;
  readonly home: string | undefined;
  readonly homeName: string | undefined;
  readonly guest: string | undefined;
  readonly guestName: string | undefined;
  readonly conversation: string | undefined;
  readonly phones: readonly string[];
  /** `2026-09-14`. */
  readonly from: string;
  readonly to: string;
  /** When the guest leaves (ms), where somebody said so. */
  readonly leavesAt: number | undefined;
  /** Somebody comes: it is no inquiry, and not canceled. */
  readonly isFirm: boolean;
}

const DAY_MS = 86_400_000;
/** As the catalog has it: who stays longer is in an index of its own. */
const LONG_STAY_DAYS = 28;
/** Of one home around a day; of one person in all. */
const [MOST_AROUND, MOST_OF_ONE] = [50, 20];

/** Nobody comes, or nobody said yet that somebody comes. */
const NO_STAY = new Set([
  ...['awaiting_payment', 'canceled', 'cancelled', 'closed', 'declined', 'expired', 'inquiry'],
  'reserved',
]);

const named = (kind: string, id: string | undefined): string | undefined =>
  id === undefined ? undefined : `${kind}/${id}`;

export const stayIn = (view: JsonObject): LinkedStay | undefined => {
  const [from, to] = [textOf(view, 'checkInDate'), textOf(view, 'checkOutDate')];
  if (from === undefined || to === undefined || view['deleted'] === true) return undefined;
  const [guest, listing] = [objectOf(view, 'guest'), objectOf(view, 'listing')];
  const leavesAt = Date.parse(textOf(view, 'checkOutAt') ?? '');
  return {
    record: `reservation/${textOf(view, 'id') ?? ''}`,
    home: named('listing', textOf(listing, 'id') ?? textOf(view, 'unit')),
    homeName: textOf(listing, 'nickname') ?? textOf(listing, 'name'),
    guest: named('guest', textOf(guest, 'id')),
    guestName: textOf(guest, 'name'),
    conversation: named('conversation', textOf(view, 'conversation')),
    phones: phonesOf(view),
    from,
    to,
    leavesAt: Number.isNaN(leavesAt) ? undefined : leavesAt,
    isFirm: !NO_STAY.has(textOf(view, 'status') ?? ''),
  };
};

const inOrder = (stays: readonly LinkedStay[]): readonly LinkedStay[] =>
  [...stays].sort((a, b) => (a.from < b.from ? -1 : 1));

const staysIn = (views: Iterable<JsonObject>): readonly LinkedStay[] =>
  inOrder([...views].flatMap((view) => stayIn(view) ?? []));

/** All stays of one guest, by their days: costs what is known of that guest. */
export const staysOfGuest = async (
  records: AskersRecords,
  guest: string,
): Promise<readonly LinkedStay[]> => {
  const where = { guest: guest.slice(guest.indexOf('/') + 1) };
  const { items } = await records.list({ kind: 'reservation', where, limit: MOST_OF_ONE });
  return staysIn(items);
};

export const staysByCode = async (
  records: AskersRecords,
  code: string,
): Promise<readonly LinkedStay[]> => {
  const spellings = [...new Set([code, code.toUpperCase()])];
  const found = await Promise.all(
    spellings.map((confirmationCode) =>
      records.list({ kind: 'reservation', where: { confirmationCode }, limit: MOST_OF_ONE }),
    ),
  );
  const views = new Map(found.flatMap(({ items }) => items.map((item) => [item['id'], item])));
  return staysIn(views.values());
};

export const staysNamed = async (
  records: AskersRecords,
  names: readonly string[],
): Promise<readonly LinkedStay[]> => staysIn((await records.showMany(names)).values());

/** A lean webhook does not say what the home is called: the listing does. */
export const withHomeNames = async (
  records: AskersRecords,
  stays: readonly LinkedStay[],
): Promise<readonly LinkedStay[]> => {
  const homes = await records.showMany([...new Set(stays.flatMap(({ home }) => home ?? []))]);
  return stays.map((stay) => {
    const home = homes.get(stay.home ?? '');
    const homeName = textOf(home, 'nickname') ?? stay.homeName;
    return { ...stay, homeName };
  });
};

export const textOfDay = (day: CalendarDay): string =>
  new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Which days of a home are asked about. */
export interface HomeDays {
  readonly home: string;
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  /** Of today, at this moment (ms): on a day when one leaves and another comes, the hour tells who is meant. */
  readonly now?: number;
}

/** Firm stays of a home in one of these nights. It costs the stays of that home around these days. */
export const staysAround = async (
  records: AskersRecords,
  { home, from, to, now }: HomeDays,
): Promise<readonly LinkedStay[]> => {
  const where = { listing: home.slice(home.indexOf('/') + 1) };
  const after = textOfDay(now === undefined ? from + 1 : from);
  const range = { kind: 'reservation', where, from: after, limit: MOST_AROUND } as const;
  const [short, long] = await Promise.all([
    records.inRange({ ...range, field: 'checkOutDate', to: textOfDay(to + LONG_STAY_DAYS) }),
    records.inRange({ ...range, field: 'longStayUntil' }),
  ]);
  const views = new Map([...short.items, ...long.items].map((item) => [item['id'], item]));
  const firm = staysIn(views.values()).filter((stay) => stay.isFirm && stay.from <= textOfDay(to));
  return now === undefined ? firm : presentAt(firm, textOfDay(from), now);
};

const NOON_MS = DAY_MS / 2;

/** Until they leave, those who leave today are there; then those who come. */
const presentAt = (
  stays: readonly LinkedStay[],
  today: string,
  now: number,
): readonly LinkedStay[] => {
  const leaving = stays.filter(({ to }) => to === today);
  const staying = stays.filter(({ to }) => to > today);
  const isThere = ({ leavesAt }: LinkedStay): boolean =>
    now < (leavesAt ?? Date.parse(today) + NOON_MS);
  const there = leaving.filter(isThere);
  if (there.length > 0) return there;
  return staying.length > 0 ? staying : leaving;
};

/** Who left a home last, within a few weeks. */
export const lastStayBefore = async (
  records: AskersRecords,
  home: string,
  today: CalendarDay,
): Promise<readonly LinkedStay[]> => {
  const { items } = await records.inRange({
    kind: 'reservation',
    where: { listing: home.slice(home.indexOf('/') + 1) },
    field: 'checkOutDate',
    from: textOfDay(today - LONG_STAY_DAYS),
    to: textOfDay(today),
    limit: MOST_AROUND,
  });
  const firm = staysIn(items).filter(({ isFirm }) => isFirm);
  return firm.sort((a, b) => (a.to < b.to ? 1 : -1)).slice(0, 1);
};

/** Of one person’s stays the one that a question of no day is about: the present one, the next, the last. */
export const nearestStay = (
  stays: readonly LinkedStay[],
  now: number,
  timeZone: string,
): LinkedStay | undefined => {
  const today = textOfDay(dayIn(timeZone, now));
  const firm = stays.filter(({ isFirm }) => isFirm);
  return (
    firm.find(({ from, to }) => from <= today && to >= today) ??
    firm.find(({ from }) => from > today) ??
    firm.at(-1) ??
    stays.at(-1)
  );
};
