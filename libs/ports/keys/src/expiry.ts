import type { Unsealed } from './keys.port.js';

const DAY_MS = 86_400_000;

/** Days since 1970, rounded up: coarse, so that a repetition hardly ever moves it. */
export type ExpiryDay = number;

/** The day after which each stream's key may go; `undefined` where it stays. The last of a stream counts. */
export const expiryDays = (items: readonly Unsealed[]): Map<string, ExpiryDay | undefined> =>
  new Map(
    items.map(({ stream, expiresAt }) => [
      stream,
      expiresAt === undefined ? undefined : Math.ceil(expiresAt / DAY_MS),
    ]),
  );

/** Whether a key that goes after `day` serves what is sealed until `wanted`. */
export const lastsUntil = (day: ExpiryDay | undefined, wanted: ExpiryDay | undefined): boolean =>
  wanted === undefined ? day === undefined : day !== undefined && day >= wanted;

/** Keys of this day and of those before it go now: their last document expired a day ago or longer. */
export const lastDayToRemove = (now: number): ExpiryDay => Math.floor(now / DAY_MS) - 1;

/** From when on a key of this day may go. */
export const removalTime = (day: ExpiryDay): number => (day + 1) * DAY_MS;

/** When the last moment of a day is over, for a store that removes by time itself, a day later. */
export const expiryDate = (day: ExpiryDay): Date => new Date(day * DAY_MS);

export const dayOfDate = (date: Date): ExpiryDay => date.getTime() / DAY_MS;

/** What was written under a key may be shown by a clock that is behind: it stays so much longer. */
export const REMOVED_AFTER_SECONDS = DAY_MS / 1000;
