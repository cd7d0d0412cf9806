import type { DatedSnapshot, KeepPolicy } from '../src/index.js';

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export type Chance = () => number;

export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const whole = (chance: Chance, from: number, to: number): number =>
  from + Math.floor(chance() * (to - from + 1));
const oneOf = <T>(chance: Chance, items: readonly T[]): T =>
  items[whole(chance, 0, items.length - 1)] as T;

const offsets = [
  ...['Z', '+00:00', '+01:00', '+02:00', '-05:00', '+05:45', '-09:30', '+14:00', '-12:00'],
  ...['+23:59', '-23:59', '+00:01', '-00:00'],
];

/** Where calendars differ from lengths: ends of years, months and weeks, and the day of a leap year. */
const edges = [
  ...['2024-02-29', '2025-03-01', '2024-12-30', '2025-12-31', '2026-01-01', '2021-01-03'],
  ...['2020-12-31', '2016-01-03', '2000-02-29', '1900-02-28', '2026-03-31', '2026-10-25'],
  ...['1970-01-01', '0001-01-01', '0000-01-01', '0004-02-29', '9999-12-31', '2400-02-29'],
];

const two = (value: number): string => String(value).padStart(2, '0');

const clock = (chance: Chance): string => {
  const text = oneOf(chance, [
    () => `${two(whole(chance, 0, 23))}:${two(whole(chance, 0, 59))}:${two(whole(chance, 0, 59))}`,
    () => '00:00:00',
    () => '23:59:59',
    () => `10:${two(whole(chance, 0, 2))}:00`,
  ])();
  const fraction = oneOf(chance, [
    () => '',
    () => `.${String(whole(chance, 1, 999_999_999)).padStart(9, '0')}`,
    () => `.00000000${whole(chance, 1, 3)}`,
    () => '.5',
  ])();
  return text + fraction;
};

const DAY = 86_400_000;
/** The year stays below 9999 here: JSON of Go has no later one. */
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

type TimeOf = (chance: Chance) => string;

/** Lists of one sort, and of all sorts: what is close together makes ties and full buckets. */
const timesOf = (chance: Chance): TimeOf => {
  const base = Date.UTC(whole(chance, 2001, 2026), whole(chance, 0, 10), whole(chance, 1, 31));
  const near =
    (days: number): TimeOf =>
    (next) =>
      `${day(base - whole(next, 0, days) * DAY)}T${clock(next)}${oneOf(next, offsets)}`;
  const own = oneOf(chance, offsets);
  const anywhere: TimeOf = (next) =>
    `${String(whole(next, 0, 9999)).padStart(4, '0')}-${two(whole(next, 1, 12))}-${two(whole(next, 1, 28))}T${clock(next)}${oneOf(next, offsets)}`;
  const sorts: readonly TimeOf[] = [
    near(2),
    near(40),
    near(900),
    (next) => `${day(base - whole(next, 0, 60) * DAY)}T${clock(next)}${own}`,
    (next) => `${day(base)}T10:00:00${oneOf(next, offsets)}`,
    (next) => `${oneOf(next, edges)}T${clock(next)}${oneOf(next, offsets)}`,
    anywhere,
    // Before the first moment that Go knows as one.
    (next) => `0000-${two(whole(next, 1, 12))}-01T${clock(next)}Z`,
    // Whole days, which durations reach exactly.
    (next) => `${day(base - whole(next, 0, 40) * DAY)}T00:00:00Z`,
    // Later than any clock that runs this.
    (next) => `${day(Date.UTC(2200, 0, whole(next, 1, 400)))}T${clock(next)}Z`,
  ];
  const picked = oneOf(chance, [...sorts, undefined]);
  return picked ?? ((next) => oneOf(next, sorts)(next));
};

const tags = ['a', 'b', 'kind:daily', 'run:1'];
const tagsOf = (chance: Chance): readonly string[] => tags.filter(() => chance() < 0.3);

export const randomSnapshots = (chance: Chance): readonly Omit<DatedSnapshot, 'id'>[] => {
  const timeOf = timesOf(chance);
  const known: string[] = [];
  return Array.from({ length: oneOf(chance, [1, 2, 5, 12, 30, 80]) }, () => {
    const time = known.length > 0 && chance() < 0.15 ? oneOf(chance, known) : timeOf(chance);
    known.push(time);
    return { time, tags: tagsOf(chance) };
  });
};

const countOf = (chance: Chance): number | undefined =>
  chance() < 0.7 ? undefined : oneOf(chance, [-1, 0, 1, 2, 3, 7, 12, 100]);

const durations = [
  ...['1h', '5h', '24h', '49h', '1d', '7d', '30d', '31d', '1m', '13m', '1y', '1y1m1d1h', '0d'],
  ...['2m29d', '100y', '3000y', '1d2h1d', '2562048h', '999999h', '999999999h', '11m30d23h'],
  ...['999999999d', '999999999y', ''],
];
const durationOf = (chance: Chance): string | undefined =>
  chance() < 0.8 ? undefined : oneOf(chance, durations);

const tagLists = (chance: Chance): readonly (readonly string[])[] | undefined =>
  chance() < 0.8
    ? undefined
    : Array.from({ length: whole(chance, 1, 2) }, () =>
        oneOf(chance, [['a'], ['a', 'b'], ['none'], [''], ['', 'a'], ['a', ''], ['kind:daily']]),
      );

export const randomPolicy = (chance: Chance): KeepPolicy => {
  const members = {
    last: countOf(chance),
    hourly: countOf(chance),
    daily: countOf(chance),
    weekly: countOf(chance),
    monthly: countOf(chance),
    yearly: countOf(chance),
    within: durationOf(chance),
    withinHourly: durationOf(chance),
    withinDaily: durationOf(chance),
    withinWeekly: durationOf(chance),
    withinMonthly: durationOf(chance),
    withinYearly: durationOf(chance),
    tags: tagLists(chance),
  };
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
};
