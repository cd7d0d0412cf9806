/** What nobody took away may be a mistake: a restore that is not done, a filter, a right that was lost. */
export const HELD_MS = 7 * 24 * 3_600_000;
