/** A day of the calendar; months count from 1. */
export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAYS_OF_ERA = 146_097;
/** From the first of March of the year 0, where eras begin, to the first of January 1970. */
const DAYS_BEFORE_1970 = 719_468;

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/**
 * Days since 1970-01-01. Years begin in March here, so that the day of a leap year is the last one. Months and days
 * outside their range count on: the 31st of June is the first of July, as Go and so restic have it.
 * `Date` cannot be asked: it takes the years 0 to 99 for 1900 to 1999, and ends at the year 275760.
 */
export const daysOf = ({ year, month, day }: CivilDay): number => {
  const monthsFromMarch = year * 12 + (month - 3);
  const marchYear = Math.floor(monthsFromMarch / 12);
  const era = Math.floor(marchYear / 400);
  const yearOfEra = modulo(marchYear, 400);
  const dayOfYear = Math.floor((153 * modulo(monthsFromMarch, 12) + 2) / 5);
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * DAYS_OF_ERA + yearOfEra * 365 + leapDays + dayOfYear - DAYS_BEFORE_1970 + (day - 1);
};

export const lengthOfMonth = (year: number, month: number): number =>
  daysOf({ year, month: month + 1, day: 1 }) - daysOf({ year, month, day: 1 });

export interface IsoWeek {
  readonly year: number;
  readonly week: number;
}

/** The week of ISO 8601, from Monday on; it belongs to the year of its Thursday. */
export const isoWeekOf = (date: CivilDay): IsoWeek => {
  const days = daysOf(date);
  // 1970-01-01 was a Thursday.
  const thursday = days - modulo(days + 3, 7) + 3;
  const firstOf = (year: number): number => daysOf({ year, month: 1, day: 1 });
  const year =
    thursday < firstOf(date.year)
      ? date.year - 1
      : thursday >= firstOf(date.year + 1)
        ? date.year + 1
        : date.year;
  return { year, week: Math.floor((thursday - firstOf(year)) / 7) + 1 };
};
