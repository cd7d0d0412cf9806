import type { FeedTime, GoneReason } from '#libs/contracts';
import type { Code, JsonObject } from '#libs/kernel';
import type { DocumentKey, FeedPlace } from '#libs/ports/change-feed';
import type { Collection, Documents } from '#libs/ports/documents';

import type { CapturePhase } from '../followed-feed.js';

/** One entry of a batch in work: enough to tell the very same again, or to see that it cannot be. */
export interface NotedEntry {
  readonly key: DocumentKey;
  readonly at: FeedTime;
  /** Of the told text. */
  readonly digest?: string;
  readonly gone?: GoneReason;
}

/** What is published now, noted before: who comes after a crash knows what may have been told already. */
export interface BatchInWork {
  readonly entries: readonly NotedEntry[];
  readonly backfilled: boolean;
}

/** A scan of the whole collection. First it reads all, then it asks for what it did not meet. */
export interface RunningScan {
  readonly stage: 'reading' | 'sweeping';
  readonly after?: DocumentKey;
  readonly done: number;
  readonly of: number;
}

/** Where a feed stands, and all that a new leader must know. Only leaders write it, each over what it has read. */
export interface FeedStanding {
  readonly term: number;
  /** Of the log that was told. */
  readonly era: number;
  readonly phase: CapturePhase;
  readonly code?: Code;
  readonly place?: FeedPlace;
  /** The number of the last scan. */
  readonly pass: number;
  readonly scan?: RunningScan;
  /** How many documents the last whole scan met. */
  readonly size: number;
  readonly groupScan?: { readonly group: string; readonly after?: DocumentKey };
  readonly inWork?: BatchInWork;
  /** How many orders of a new scan were carried out. */
  readonly ordered: number;
  readonly preImages: boolean;
  /** When it last had told all there was, and how late the last change was then. */
  readonly caughtUpAt: number;
  readonly lagMs: number;
}

export interface KnownStanding {
  readonly standing: FeedStanding;
  readonly version: number;
}

export const standingsCollection: Collection = { name: 'capture_places', fields: [] };

export const firstStanding: FeedStanding = {
  term: 0,
  era: 0,
  phase: 'snapshot',
  pass: 0,
  size: 0,
  ordered: 0,
  preImages: false,
  caughtUpAt: 0,
  lagMs: 0,
};

export const readStandings = async (
  documents: Documents,
  feeds: readonly string[],
): Promise<readonly KnownStanding[]> => {
  const stored = await documents.get(standingsCollection, feeds);
  return stored.map((one) => ({
    standing: (one?.body ?? firstStanding) as unknown as FeedStanding,
    version: one?.version ?? 0,
  }));
};

/** `undefined`: somebody else has written it since. */
export const writeStanding = async (
  documents: Documents,
  feed: string,
  { standing, version }: KnownStanding,
): Promise<KnownStanding | undefined> => {
  const said = Object.entries(standing).filter(([, value]) => value !== undefined);
  const body: JsonObject = Object.fromEntries(said);
  const swapped = await documents.swap(standingsCollection, { id: feed, body }, version);
  return swapped.swapped ? { standing, version: swapped.version } : undefined;
};
