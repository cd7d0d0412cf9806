import { onDay, type SnapshotTime } from './snapshot-time.js';

/** How far back, in units of the calendar: `1y5m7d2h`. */
export interface KeepDuration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
}

const unitOf = { y: 'years', m: 'months', d: 'days', h: 'hours' } as const;

/** As restic reads it: in any order, the last one counts where a unit is said twice. None where it is not one. */
export const readKeepDuration = (text: string): KeepDuration | undefined => {
  const trimmed = text.trim();
  if (!/^(?:\d{1,9}[ymdh])*$/.test(trimmed)) return undefined;
  const read = { years: 0, months: 0, days: 0, hours: 0 };
  for (const [, many, unit] of trimmed.matchAll(/(\d+)([ymdh])/g))
    read[unitOf[unit as keyof typeof unitOf]] = Number(many);
  return read;
};

export const isNothing = ({ years, months, days, hours }: KeepDuration): boolean =>
  years === 0 && months === 0 && days === 0 && hours === 0;

export const durationText = ({ years, months, days, hours }: KeepDuration): string =>
  [many(years, 'y'), many(months, 'm'), many(days, 'd'), many(hours, 'h')].join('');

const many = (value: number, unit: string): string => (value === 0 ? '' : `${value}${unit}`);

const NANOSECONDS_OF_HOUR = 3_600_000_000_000n;

/**
 * By the calendar, not by lengths: a month before the 31st of July is the 31st of June, which is the first of July.
 * Hours beyond 292 years run over in restic; they do here, so that both remove the same.
 */
export const instantBefore = (time: SnapshotTime, duration: KeepDuration): bigint => {
  const { year, month, day } = time.date;
  const { years, months, days, hours } = duration;
  const earlier = { year: year - years, month: month - months, day: day - days };
  return onDay(time, earlier) + BigInt.asIntN(64, BigInt(-hours) * NANOSECONDS_OF_HOUR);
};
