import {
  dataPolicy,
  oldestKeysDays,
  type KeysRetentionSettings,
  type RetentionSettings,
} from './policies.js';

const DAY_MS = 86_400_000;
/** The longest ones of the calendar: a promise to a person must not be a day short. */
const DAYS_OF = { daily: 1, weekly: 7, monthly: 31 } as const;

/**
 * Until when the youngest backup of today may still be there, if backups go on each day. A run that comes late removes
 * late, so a day is added.
 */
export const dataKeptUntil = (now: number, settings: RetentionSettings): number => {
  const { daily = 0, weekly = 0, monthly = 0 } = dataPolicy(settings);
  const days = Math.max(daily * DAYS_OF.daily, weekly * DAYS_OF.weekly, monthly * DAYS_OF.monthly);
  return now + (days + 1) * DAY_MS;
};

/** The same of keys: from then on nothing that was erased opens from any backup of ours. */
export const keysKeptUntil = (now: number, settings: KeysRetentionSettings): number =>
  now + oldestKeysDays(settings) * DAY_MS;
