import type { KeepPolicy } from './keep-policy.js';

/** How long backups stay, as the settings say it. */
export interface RetentionSettings {
  readonly keepDaily: number;
  readonly keepWeekly: number;
  readonly keepMonthly: number;
}

/** How long backups of keys stay, and how long their bucket would hold them against us. */
export interface KeysRetentionSettings {
  readonly keysKeepDays: number;
  readonly keysLockDays: number;
}

/** Of everything but keys. */
export const dataPolicy = ({
  keepDaily,
  keepWeekly,
  keepMonthly,
}: RetentionSettings): KeepPolicy => ({
  daily: keepDaily,
  weekly: keepWeekly,
  monthly: keepMonthly,
});

/** Of keys: all of the last days and nothing older, so that what was erased leaves the backups too. */
export const keysPolicy = ({ keysKeepDays }: KeysRetentionSettings): KeepPolicy => ({
  within: `${keysKeepDays}d`,
});

/** Of keys that no run names: as long as of those that one names. */
export const unnamedKeysGoAfterMs = ({ keysKeepDays }: KeysRetentionSettings): number =>
  keysKeepDays * 24 * 3600_000;

/** Removal waits at most for the next daily run. */
const PRUNE_INTERVAL_DAYS = 1;

/**
 * How old the oldest backup of a key can become. Days of keeping and of the lock add up. Until the last snapshot with the
 * key has gone, any prune may write the key into a new pack, and a lock holds that pack from its first day.
 * Settings of more than 30 days in all are refused.
 */
export const oldestKeysDays = ({ keysKeepDays, keysLockDays }: KeysRetentionSettings): number =>
  keysKeepDays + keysLockDays + PRUNE_INTERVAL_DAYS;
