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
export type FeedEntry = FeedEntryHead &
  ({ readonly document: JsonObject } | { readonly gone: GoneReason });

interface FeedEntryHead {
  readonly id: string;
  readonly at: FeedTime;
  /**
   * Which life of the document: the second begins where it comes back after it was taken away, and so on. What was said
   * in the life before is erased for good, so each has a stream of its own. Missing: the first.
   */
  readonly life?: number;
}

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

/**
 * A moment as facts are ordered: by milliseconds, then by a rank of three digits. Within one second there are a
 * million of them, in their order.
 */
export const orderOf = ({
  t,
  i,
}: FeedTime): { readonly occurredAt: number; readonly rank: number } => ({
  occurredAt: t * 1000 + Math.floor(i / 1000),
  rank: i % 1000,
});

/** The stream of what is said of a thing in one of its lives. */
export const streamOfLife = (kind: string, id: string, life = 1): string =>
  life === 1 ? `${kind}/${id}` : `${kind}/${id}/${life}`;

/** Whether one moment is before another. */
export const isBefore = (a: FeedTime, b: FeedTime): boolean =>
  a.t < b.t || (a.t === b.t && a.i < b.i);
