import type { JsonObject } from '#libs/kernel';

/**
 * A moment in a followed database's own order: seconds since 1970, and a number that grows within the second. It comes
 * from that database, so no clock of ours can turn it back.
 */
export interface FeedTime {
  readonly t: number;
  readonly i: number;
}

/** Why a document is gone: taken away there, hidden or emptied there, not met any more, or not ours to read any more. */
export type GoneReason = 'removed' | 'hidden' | 'emptied' | 'missing' | 'unfollowed';

/** What capture says of one document. `at` orders the states of one document, strictly. */
export type FeedEntry =
  | { readonly id: string; readonly at: FeedTime; readonly document: JsonObject }
  | { readonly id: string; readonly at: FeedTime; readonly gone: GoneReason };

/**
 * The body of a delivery of a feed, as canonical JSON. Its source is `<provider>-feed`, or `<name>-feed` of another
 * followed collection. Documents are canonical Extended JSON, the chosen fields only.
 */
export interface FeedDelivery {
  readonly feed: string;
  /** At most `MOST_ENTRIES`, each of another document. */
  readonly entries: readonly FeedEntry[];
}

export const MOST_ENTRIES = 200;

/** The source of what a provider's database told; no door takes it. */
export const feedSourceOf = (source: string): string => `${source}${FROM_FEED}`;
export const FROM_FEED = '-feed';

/** The source's own time of an entry (ms). */
export const momentOf = ({ t }: FeedTime): number => t * 1000;

/** Whether one moment is before another. */
export const isBefore = (a: FeedTime, b: FeedTime): boolean =>
  a.t < b.t || (a.t === b.t && a.i < b.i);
