/** A day on the calendar of a place, `2026-09-14`. */
export type LocalDay = string;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Days before months, as all of the eight languages have them. Making one costs a hundred times what using it costs. */
const formatOf = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (!known)
    formats.set(
      key,
      (known = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options)),
    );
  return known;
};

const NUMBERS = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

/** What day it is there at a time (ms). */
export const dayAt = (ms: number, timeZone: string): LocalDay => {
  const parts = formatOf('en-GB', { ...NUMBERS, timeZone }).formatToParts(ms);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
};

export const daysLater = (day: LocalDay, days: number): LocalDay =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** How many nights lie between two days; none where the second is not later. */
export const nightsBetween = (from: LocalDay, to: LocalDay): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS));

const DAY = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
const SHORT_DAY = { day: 'numeric', month: 'short' } as const;

/** A day as it is said in a language. */
export const spokenDay = (day: LocalDay, language: string, isShort = false): string =>
  formatOf(language, { ...(isShort ? SHORT_DAY : DAY), timeZone: 'UTC' }).format(Date.parse(day));

export const spokenTime = (ms: number, language: string, timeZone: string): string =>
  formatOf(language, { hour: '2-digit', minute: '2-digit', timeZone }).format(ms);

/** With its day, where that is not the day of `now`. */
export const spokenMoment = (
  ms: number,
  now: number,
  { language, timeZone }: { readonly language: string; readonly timeZone: string },
): string => {
  const time = spokenTime(ms, language, timeZone);
  const day = dayAt(ms, timeZone);
  return day === dayAt(now, timeZone) ? time : `${spokenDay(day, language, true)} ${time}`;
};
