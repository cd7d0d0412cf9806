const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];
const weekdays = [
  ...['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
];

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Numbers only: what words a runtime has for months differs between its versions. */
const formatFor = (timeZone: string): Intl.DateTimeFormat | undefined => {
  if (formats.has(timeZone)) return formats.get(timeZone);
  const format = madeFor(timeZone);
  formats.set(timeZone, format);
  return format;
};

const madeFor = (timeZone: string): Intl.DateTimeFormat | undefined => {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      ...{ day: 'numeric', hour: 'numeric', hourCycle: 'h23', minute: 'numeric' },
      ...{ month: 'numeric', second: 'numeric', timeZone, year: 'numeric' },
    });
  } catch {
    // No zone of that name: the caller has another.
    return undefined;
  }
};

/** A time zone that this runtime knows: the record's own, else the company's, else UTC. */
export const knownZone = (own: string | undefined, companys: string): string => {
  if (own !== undefined && own !== '' && formatFor(own)) return own;
  return formatFor(companys) ? companys : 'UTC';
};

/** What a clock on the wall shows, as if it stood in UTC. */
const wallClock = (at: number, timeZone: string): number =>
  at + (offsetOfDay(Math.floor(at / DAY_MS), timeZone) ?? offsetAt(at, timeZone));

const DAY_MS = 86_400_000;
const MOST_DAYS = 5_000;
const offsets = new Map<string, number | undefined>();

/** Most days have one offset from beginning to end: asked for once, since each look-up is slow. */
const offsetOfDay = (day: number, timeZone: string): number | undefined => {
  const name = `${timeZone} ${day}`;
  if (offsets.has(name)) return offsets.get(name);
  const first = offsetAt(day * DAY_MS, timeZone);
  const last = offsetAt((day + 1) * DAY_MS - 1, timeZone);
  const offset = first === last ? first : undefined;
  if (offsets.size >= MOST_DAYS) offsets.clear();
  offsets.set(name, offset);
  return offset;
};

const offsetAt = (at: number, timeZone: string): number => {
  const parts = Object.fromEntries(
    (formatFor(timeZone)?.formatToParts(at) ?? []).map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  if (year === undefined) return 0;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
};

const isTime = (at: number | undefined): at is number =>
  at !== undefined && Number.isFinite(at) && Math.abs(at) < 8.64e15;

/** `Monday 14 September 2026, 10:12`, where that clock hangs. */
export const spokenTime = (at: number | undefined, timeZone: string): string | undefined => {
  if (!isTime(at)) return undefined;
  const shown = new Date(wallClock(at, timeZone));
  const [hour, minute] = [shown.getUTCHours(), shown.getUTCMinutes()].map((of) =>
    String(of).padStart(2, '0'),
  );
  return `${spokenDay(shown)}, ${hour}:${minute}`;
};

/** `Monday 14 September 2026` of `2026-09-14`: a day on a calendar, which no time zone moves. */
export const spokenDate = (date: string | undefined): string | undefined => {
  const day = dayOf(date);
  return day === undefined ? date : spokenDay(new Date(day));
};

const dayOf = (date: string | undefined): number | undefined => {
  const day = date === undefined ? Number.NaN : Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(day) ? undefined : day;
};

const spokenDay = (day: Date): string =>
  `${weekdays[day.getUTCDay()]} ${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;

/** When a clock in that zone shows this day and time: `15:00` where it is a time, else midnight. */
export const instantOf = (
  date: string | undefined,
  time: string | undefined,
  timeZone: string,
): number | undefined => {
  const day = dayOf(date);
  if (day === undefined) return undefined;
  const [, hours = '0', minutes = '0'] = /^(\d{1,2}):(\d\d)/u.exec(time ?? '') ?? [];
  const wanted = day + (Number(hours) * 60 + Number(minutes)) * 60_000;
  // Where clocks are put forward or back between the two, the second look is right.
  const first = wanted - (wallClock(wanted, timeZone) - wanted);
  return first - (wallClock(first, timeZone) - wanted);
};
