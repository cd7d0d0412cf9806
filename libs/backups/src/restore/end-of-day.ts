import { wallClock } from '../run/schedule.js';

const DAY_MS = 24 * 3600_000;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;

/** The last millisecond of a day by the clock on the wall of that place; none where there is no such day. */
export const endOfDay = (day: string, timeZone: string): number | undefined => {
  const [, ...parts] = DAY.exec(day) ?? [];
  const [year = 0, month = 0, date = 0] = parts.map(Number);
  if (parts.length === 0 || new Date(Date.UTC(year, month - 1, date)).getUTCDate() !== date)
    return undefined;
  const midnight = Date.UTC(year, month - 1, date) + DAY_MS;
  // Clocks may change at midnight itself: then it is by the one offset or by the other, and the later one ends the day.
  const offsets = [-DAY_MS, DAY_MS].map((apart) => offsetAt(timeZone, midnight + apart));
  const ends = offsets
    .map((offset) => midnight - offset - 1)
    .filter((end) => wallClock(timeZone, end) < midnight);
  return Math.max(...ends);
};

const offsetAt = (timeZone: string, at: number): number => wallClock(timeZone, at) - at;
