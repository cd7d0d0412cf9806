/** A day of the calendar, as days since 1970-01-01: it has no time zone until one is given. */
export type CalendarDay = number;

const DAY_MS = 86_400_000;

/** `month` from 1 to 12. Nothing for a day that no month has. */
export const dayOf = (year: number, month: number, day: number): CalendarDay | undefined => {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day
    ? at.getTime() / DAY_MS
    : undefined;
};

export interface DayParts {
  readonly year: number;
  /** From 1 on. */
  readonly month: number;
  readonly day: number;
  /** Monday is 0. */
  readonly weekday: number;
}

export const partsOfDay = (day: CalendarDay): DayParts => {
  const at = new Date(day * DAY_MS);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    weekday: (at.getUTCDay() + 6) % 7,
  };
};

/** The first day of a month; `month` may be outside of 1 to 12. */
export const monthStart = (year: number, month: number): CalendarDay =>
  Date.UTC(year, month - 1, 1) / DAY_MS;

/** What day it is in a time zone. */
export const dayIn = (timeZone: string, ms: number): CalendarDay =>
  Math.floor((ms + offsetIn(timeZone, ms)) / DAY_MS);

/** When a day begins in a time zone. */
export const startOfDay = (timeZone: string, day: CalendarDay): number => {
  const utc = day * DAY_MS;
  const first = utc - offsetIn(timeZone, utc);
  // The clocks may have been changed between the two.
  return utc - offsetIn(timeZone, first);
};

const offsetIn = (timeZone: string, ms: number): number => {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
  );
  return local - Math.floor(ms / 60_000) * 60_000;
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a hundred times what using it costs. */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    });
    formats.set(timeZone, format);
  }
  return format;
};
