import type { TimeSpan } from '../retrieval.js';
import { dayIn, dayOf, monthStart, partsOfDay, startOfDay, type CalendarDay } from './calendar.js';
import {
  after,
  aheadBefore,
  agoAfter,
  agoBefore,
  before,
  current,
  inMonth,
  months,
  numberWords,
  past,
  relativeDays,
  since,
  units,
  until,
  weekdays,
  type TimeUnit,
} from './time-words.js';

/** Days of the calendar that a text says, the last one included. */
interface SaidDays {
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly said: string;
  readonly at: number;
}

interface DayReading {
  readonly text: string;
  readonly today: CalendarDay;
  /** Something has been: a day of the week is the last one. */
  readonly isPast: boolean;
}

type DayReader = (reading: DayReading) => SaidDays | undefined;

/**
 * What time a question is about, in the time zone where it is asked. Whole days only: what is said of hours says
 * which day it is. Nothing where it says no time. Pure.
 */
export const timeIn = (text: string, now: number, timeZone: string): TimeSpan | undefined => {
  const today = dayIn(timeZone, now);
  const reading = { text, today, isPast: past.test(text) };
  for (const read of readers) {
    const days = read(reading);
    if (!days) continue;
    const { from, to, said } = sinceThen(days, text, today);
    return { from: startOfDay(timeZone, from), to: startOfDay(timeZone, to + 1) - 1, said };
  }
  return undefined;
};

/** `since Monday` goes on until today. */
const sinceThen = (days: SaidDays, text: string, today: CalendarDay): SaidDays => {
  const [said] = new RegExp(`${START}(?:${since})\\s*$`, 'iu').exec(text.slice(0, days.at)) ?? [];
  if (said === undefined || days.from > today) return days;
  return { ...days, to: Math.max(today, days.to), said: `${said}${days.said}` };
};

const START = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}])';
const pattern = (source: string): RegExp => new RegExp(`${START}(?:${source})${END}`, 'iu');

const anyOf = (lists: readonly string[]): string => lists.join('|');
const NUMBER = `\\d{1,3}|${anyOf(numberWords)}`;
const UNIT = anyOf([units.weekend, units.day, units.week, units.month, units.year]);
const MONTH = anyOf(months);
const DAY = '\\d{1,2}(?:st|nd|rd|th|er|º|ª|e|\\.)?';
const YEAR = '(?:19|20)\\d{2}';

const indexIn = (lists: readonly string[], word: string): number =>
  lists.findIndex((list) => new RegExp(`^(?:${list})$`, 'iu').test(word));
const numberOf = (word: string): number =>
  /^\d/.test(word) ? Number.parseInt(word, 10) : indexIn(numberWords, word) + 1;
const unitOf = (word: string): TimeUnit | undefined =>
  (Object.keys(units) as TimeUnit[]).find((unit) => indexIn([units[unit]], word) === 0);

const found = (match: RegExpExecArray, from: CalendarDay, to = from): SaidDays => ({
  from,
  to,
  said: match[0],
  at: match.index,
});

// --- days with a number ---

const numeric = pattern(
  `(?<iso>${YEAR})-(?<isoMonth>\\d{2})-(?<isoDay>\\d{2})|(?<d>\\d{1,2})[./-](?<m>\\d{1,2})(?:[./-](?<y>(?:\\d{2}){1,2}))?`,
);
const written = pattern(
  `(?<d>${DAY})\\s*(?:de |of )?(?<m>${MONTH})\\.?(?:,? (?:de )?(?<y>${YEAR}))?|(?<m2>${MONTH})\\.? (?<d2>${DAY})(?:,? (?<y2>${YEAR}))?`,
);
/** `3 to 7 July`, `vom 3. bis 7. Juli`, `June 3 to 7`. */
const writtenRange = pattern(
  `(?<d>${DAY})\\s*(?:${until}|[-–])\\s*(?<d2>${DAY})\\s*(?:de )?(?<m>${MONTH})(?:,? (?:de )?(?<y>${YEAR}))?|(?<m2>${MONTH}) (?<d3>${DAY})\\s*(?:${until}|[-–])\\s*(?<d4>${DAY})(?:,? (?<y2>${YEAR}))?`,
);

const readRange: DayReader = ({ text, today }) => {
  const match = writtenRange.exec(text);
  const { d, d2, m, y, m2, d3, d4, y2 } = match?.groups ?? {};
  const month = monthOf(m ?? m2);
  const from = dateOf(today, month, d ?? d3, y ?? y2);
  const to = dateOf(today, month, d2 ?? d4, y ?? y2);
  return match && from !== undefined && to !== undefined && to >= from
    ? found(match, from, to)
    : undefined;
};

const readDates: DayReader = (reading) => {
  const first = readDate(reading);
  if (!first) return undefined;
  const end = first.at + first.said.length;
  const rest = reading.text.slice(end);
  const [joined] = new RegExp(`^\\s*(?:${until}|[-–])\\s*`, 'iu').exec(rest) ?? [];
  const second = joined === undefined ? undefined : readDate({ ...reading, text: rest });
  if (second?.at !== joined?.length || !second || second.to < first.from) return first;
  return { ...first, to: second.to, said: `${first.said}${joined}${second.said}` };
};

const readDate: DayReader = ({ text, today }) => {
  const inNumbers = numeric.exec(text);
  const inWords = written.exec(text);
  const match = inNumbers && (!inWords || inNumbers.index < inWords.index) ? inNumbers : inWords;
  const groups = match?.groups ?? {};
  if (!match) return undefined;
  const day = match === inWords ? dayInWords(today, groups) : dayInNumbers(today, groups);
  return day === undefined ? undefined : found(match, day);
};

type DateGroups = Readonly<Record<string, string | undefined>>;

const dayInWords = (today: CalendarDay, { d, m, y, d2, m2, y2 }: DateGroups) =>
  dateOf(today, monthOf(m ?? m2), d ?? d2, y ?? y2);

const dayInNumbers = (today: CalendarDay, { iso, isoMonth, isoDay, d, m, y }: DateGroups) => {
  if (iso !== undefined) return dayOf(Number(iso), Number(isoMonth), Number(isoDay));
  const year = y === undefined ? undefined : y.length === 2 ? `20${y}` : y;
  // Day before month, unless that cannot be.
  return dateOf(today, Number(m), d, year) ?? dateOf(today, Number(d), m, year);
};

const monthOf = (word: string | undefined): number =>
  word === undefined ? 0 : indexIn(months, word) + 1;

/** Without a year it is the nearest one. */
const dateOf = (
  today: CalendarDay,
  month: number,
  day: string | undefined,
  year: string | undefined,
): CalendarDay | undefined => {
  const number = Number.parseInt(day ?? '', 10);
  if (!(month >= 1 && month <= 12) || !(number >= 1)) return undefined;
  if (year !== undefined) return dayOf(Number(year), month, number);
  const { year: now } = partsOfDay(today);
  return [now - 1, now, now + 1]
    .flatMap((candidate) => dayOf(candidate, month, number) ?? [])
    .sort((a, b) => Math.abs(a - today) - Math.abs(b - today))[0];
};

// --- days counted from today ---

const readRelativeDay: DayReader = ({ text, today }) => {
  for (const [days, words] of relativeDays) {
    const match = pattern(words).exec(text);
    if (match && !(/^hier$/iu.test(match[0]) && GERMANIC.test(text)))
      return found(match, today + days);
  }
  return undefined;
};

/** In these `hier` is here. */
const GERMANIC =
  /(?<!\p{L})(?:ist|sind|gibt|es|und|der|die|das|wer|wie|wo|was|hat|haben|kann|ich|wir|het|een|is|er|zijn|wat|waar|heeft|kan|ik|wij)(?!\p{L})/iu;

const counted = {
  ago: pattern(
    `(?:${agoBefore})\\s+(?<n>${NUMBER})\\s+(?<u>${UNIT})|(?<n2>${NUMBER})\\s+(?<u2>${UNIT})\\s+(?:${agoAfter})`,
  ),
  ahead: pattern(`(?:${aheadBefore})\\s+(?<n>${NUMBER})\\s+(?<u>${UNIT})`),
  lately: pattern(
    `(?:${before})\\s+(?<n>${NUMBER})\\s+(?<u>${UNIT})|(?<n2>${NUMBER})\\s+(?:${before})\\s+(?<u2>${UNIT})`,
  ),
  soon: pattern(
    `(?:${after})\\s+(?<n>${NUMBER})\\s+(?<u>${UNIT})|(?<n2>${NUMBER})\\s+(?:${after})\\s+(?<u2>${UNIT})`,
  ),
};

const readCounted: DayReader = ({ text, today }) => {
  for (const [how, way] of Object.entries(counted)) {
    const match = way.exec(text);
    const { n, n2, u, u2 } = match?.groups ?? {};
    const unit = unitOf(u ?? u2 ?? '');
    if (!match || !unit) continue;
    const count = numberOf(n ?? n2 ?? '');
    if (how === 'ago') return spanOf(match, today, unit, -count);
    if (how === 'ahead') return spanOf(match, today, unit, count);
    const other = shifted(today, unit, how === 'lately' ? -count : count);
    return found(match, Math.min(today, other), Math.max(today, other));
  }
  return undefined;
};

const shifted = (day: CalendarDay, unit: TimeUnit, count: number): CalendarDay => {
  if (unit === 'day') return day + count;
  if (unit === 'week' || unit === 'weekend') return day + 7 * count;
  const { year, month, day: date } = partsOfDay(day);
  const inMonths = unit === 'month' ? count : 12 * count;
  const start = monthStart(year, month + inMonths);
  const length = monthStart(year, month + inMonths + 1) - start;
  return start + Math.min(date, length) - 1;
};

/** The whole day, week, month or year so many of them from now. */
const spanOf = (
  match: RegExpExecArray,
  today: CalendarDay,
  unit: TimeUnit,
  count: number,
): SaidDays => {
  const { weekday, year, month } = partsOfDay(today);
  const monday = today - weekday + 7 * count;
  if (unit === 'day') return found(match, today + count);
  if (unit === 'week') return found(match, monday, monday + 6);
  // From Friday on: guests come on that day.
  if (unit === 'weekend') return found(match, monday + 4, monday + 6);
  if (unit === 'month')
    return found(match, monthStart(year, month + count), monthStart(year, month + count + 1) - 1);
  return found(match, monthStart(year + count, 1), monthStart(year + count + 1, 1) - 1);
};

// --- weeks, weekends, months, days of the week ---

const WHICH = `(?<before>${before})|(?<after>${after})|(?<current>${current})`;
const WHICH_AFTER = `(?<before2>${before})|(?<after2>${after})`;
const named = pattern(`(?:(?:${WHICH})\\s+)(?<u>${UNIT})|(?<u2>${UNIT})\\s+(?:${WHICH_AFTER})`);
const bareWeekend = pattern(units.weekend);

const readUnit: DayReader = ({ text, today, isPast }) => {
  const match = named.exec(text);
  const groups = match?.groups ?? {};
  const unit = unitOf(groups['u'] ?? groups['u2'] ?? '');
  if (match && unit && unit !== 'day') return spanOf(match, today, unit, countOf(groups));
  const weekend = bareWeekend.exec(text);
  if (!weekend) return undefined;
  const isOver = isPast && partsOfDay(today).weekday < 5;
  return spanOf(weekend, today, 'weekend', isOver ? -1 : 0);
};

const countOf = (groups: DateGroups): number => {
  if ((groups['before'] ?? groups['before2']) !== undefined) return -1;
  return (groups['after'] ?? groups['after2']) === undefined ? 0 : 1;
};

const weekdayNamed = pattern(
  `(?:(?:${WHICH})\\s+)?(?<w>${anyOf(weekdays)})(?:\\s+(?:${WHICH_AFTER}))?`,
);

const readWeekday: DayReader = ({ text, today, isPast }) => {
  const match = weekdayNamed.exec(text);
  const groups = match?.groups ?? {};
  if (!match) return undefined;
  const wanted = indexIn(weekdays, groups['w'] ?? '');
  const { weekday } = partsOfDay(today);
  const ahead = (wanted - weekday + 7) % 7;
  const count = countOf(groups);
  if (count < 0 || (count === 0 && groups['current'] === undefined && isPast))
    return found(match, today + ahead - (ahead === 0 && count === 0 ? 0 : 7));
  // The next one after today; of this week, it may be over.
  if (groups['current'] !== undefined && isPast) return found(match, today - weekday + wanted);
  return found(match, today + (ahead === 0 && count > 0 ? 7 : ahead));
};

const monthNamed = pattern(
  `(?:(?:${inMonth})\\s+(?<m>${MONTH})(?:\\s+(?:de )?(?<y>${YEAR}))?|(?<m2>${MONTH})\\s+(?:de )?(?<y2>${YEAR})|(?:in|im jahr|en|em|nel|w)\\s+(?<year>${YEAR}))`,
);

const readMonth: DayReader = ({ text, today, isPast }) => {
  const match = monthNamed.exec(text);
  const { m, y, m2, y2, year } = match?.groups ?? {};
  if (!match) return undefined;
  if (year !== undefined)
    return found(match, monthStart(Number(year), 1), monthStart(Number(year) + 1, 1) - 1);
  const month = monthOf(m ?? m2);
  const now = partsOfDay(today);
  const said = y ?? y2;
  const other = isPast ? (month > now.month ? -1 : 0) : month < now.month ? 1 : 0;
  const of = said === undefined ? now.year + other : Number(said);
  return found(match, monthStart(of, month), monthStart(of, month + 1) - 1);
};

/** The most exact first. */
const readers: readonly DayReader[] = [
  ...[readRange, readDates, readCounted, readRelativeDay, readWeekday, readUnit, readMonth],
];
