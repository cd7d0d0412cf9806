import type { BackupsParts } from '../backups-parts.js';
import type { RunKind } from './backup-run.js';
import { HOUR_MS } from './run-work.js';

/** A time of day, by the zone of the company. */
export type DailyTime = NonNullable<BackupsParts['schedule']>;

/** The run that was due last. */
export interface ScheduledBackup {
  /** Of its day: there is one of each. */
  readonly key: string;
  readonly kind: RunKind;
  /** How long ago it was due. */
  readonly lateMs: number;
}

/** What was missed for longer is left to the next one. */
const LATE_MS = 20 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * By the calendar and the clock on the wall of the place, so that a day has one run also when its clocks change. An hour
 * that comes twice has the same day. One that is left out is over when the next begins.
 */
export const scheduledBackup = (
  { hour, minute, timeZone }: DailyTime,
  now: number,
): ScheduledBackup | undefined => {
  const wall = wallClock(timeZone, now);
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const atTime = midnight + hour * HOUR_MS + minute * 60_000;
  const due = atTime <= wall ? atTime : atTime - DAY_MS;
  if (wall - due >= LATE_MS) return undefined;
  const day = new Date(due);
  return {
    key: `schedule/${day.toISOString().slice(0, 10)}`,
    kind: kindOn(day),
    lateMs: wall - due,
  };
};

const kindOn = (day: Date): RunKind => {
  if (day.getUTCDate() === 1) return 'monthly';
  return day.getUTCDay() === 0 ? 'weekly' : 'daily';
};

/** What a clock on the wall shows there, as if it was UTC. */
export const wallClock = (timeZone: string, now: number): number => {
  const parts = new Intl.DateTimeFormat('en', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(now);
  const at = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(
    ...([at('year'), at('month') - 1, at('day')] as const),
    ...([at('hour'), at('minute'), at('second')] as const),
  );
};
