import { daysOf, lengthOfMonth, type CivilDay } from './calendar.js';
import type { DatedSnapshot } from './keep-policy.js';

/** When a snapshot was made, and what its own clock showed. */
export interface SnapshotTime {
  /** Nanoseconds since 1970. restic orders by them, and a millisecond can hold several snapshots. */
  readonly instant: bigint;
  readonly offsetMinutes: number;
  readonly date: CivilDay;
  readonly hour: number;
}

/** A snapshot with its time read. */
export interface TimedSnapshot {
  readonly snapshot: DatedSnapshot;
  readonly time: SnapshotTime;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

const NANOSECONDS = 1_000_000_000n;

/** A time as restic writes it; none where restic would not read it either. */
export const readSnapshotTime = (text: string): SnapshotTime | undefined => {
  const [, ...parts] = RFC3339.exec(text) ?? [];
  if (parts.length === 0) return undefined;
  const number = (index: number): number => Number(parts[index] ?? 0);
  const date = { year: number(0), month: number(1), day: number(2) };
  const [hour, minute, second] = [number(3), number(4), number(5)];
  const [offsetHours, offsetMinute] = [number(8), number(9)];
  if (!isDay(date) || !isClock(hour, minute) || second > 59 || !isClock(offsetHours, offsetMinute))
    return undefined;
  const offsetMinutes = (parts[7] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinute);
  const seconds =
    daysOf(date) * SECONDS_OF_DAY + hour * 3600 + minute * 60 + second - offsetMinutes * 60;
  const fraction = BigInt((parts[6] ?? '').slice(0, 9).padEnd(9, '0'));
  return { instant: BigInt(seconds) * NANOSECONDS + fraction, offsetMinutes, date, hour };
};

const SECONDS_OF_DAY = 86_400;

const isDay = ({ year, month, day }: CivilDay): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month);

const isClock = (hour: number, minute: number): boolean => hour <= 23 && minute <= 59;

/** The same time of day, so many days earlier or later: as the clock with this offset shows it. */
export const onDay = ({ instant, date }: SnapshotTime, other: CivilDay): bigint =>
  instant + BigInt((daysOf(other) - daysOf(date)) * SECONDS_OF_DAY) * NANOSECONDS;

/** What restic counts back from where no snapshot is of the past: the first moment of the year 1. */
export const firstMoment: SnapshotTime = {
  instant: BigInt(daysOf({ year: 1, month: 1, day: 1 }) * SECONDS_OF_DAY) * NANOSECONDS,
  offsetMinutes: 0,
  date: { year: 1, month: 1, day: 1 },
  hour: 0,
};
