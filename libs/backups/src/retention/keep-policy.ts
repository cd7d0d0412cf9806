/** How many to keep of each sort; `-1`: all of them. Missing or 0: none for this reason. Reasons add up. */
export interface KeepPolicy {
  readonly last?: number;
  readonly hourly?: number;
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
  readonly yearly?: number;
  /** restic's durations, `1y5m7d2h`: counted back from the newest snapshot. */
  readonly within?: string;
  readonly withinHourly?: string;
  readonly withinDaily?: string;
  readonly withinWeekly?: string;
  readonly withinMonthly?: string;
  readonly withinYearly?: string;
  /** Each is a list of tags that a snapshot has all of. */
  readonly tags?: readonly (readonly string[])[];
}

/** What retention looks at of a snapshot. */
export interface DatedSnapshot {
  readonly id: string;
  /** RFC 3339, with the offset by which days and weeks are cut. */
  readonly time: string;
  readonly tags: readonly string[];
}

export interface KeptSnapshot {
  readonly id: string;
  readonly time: string;
  /** As restic says them: `daily snapshot`, `oldest weekly snapshot`, `within 7d`. */
  readonly reasons: readonly string[];
}

export interface RetentionPlan {
  /** Newest first, both. */
  readonly keep: readonly KeptSnapshot[];
  readonly remove: readonly Pick<DatedSnapshot, 'id' | 'time'>[];
}
