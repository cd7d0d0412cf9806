import { wallClock } from '../run/schedule.js';

const DAY_MS = 24 * 3600_000;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;

/** The last millisecond of a day by the clock on the wall of that place; none where there is no such day. */
export const endOfDay = (day: string, timeZone: string): number | undefined => {
  const [, year, month, date] = (DAY.exec(day) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const start = Date.UTC(year, month - 1, date);
  // `Date` counts on: to it, the 30th of February is in March.
  if (new Date(start).toISOString().slice(0, 10) !== day) return undefined;
  const midnight = start + DAY_MS;
  // Clocks may change at midnight itself: then it is by the one offset or by the other, and the later one ends the day.
  const offsets = [-DAY_MS, DAY_MS].map((apart) => offsetAt(timeZone, midnight + apart));
  const ends = offsets
    .map((offset) => midnight - offset - 1)
    .filter((end) => wallClock(timeZone, end) < midnight);
  return Math.max(...ends);
};

const offsetAt = (timeZone: string, at: number): number => wallClock(timeZone, at) - at;
