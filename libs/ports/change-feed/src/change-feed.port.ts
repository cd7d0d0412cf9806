import type { FeedTime } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

/** Where a feed stands. What is after it has not been told yet. */
export interface FeedPlace {
  /** The database's own word, opaque to us. */
  readonly token: string;
  readonly at: FeedTime;
}

/** The identity of a document of any type, as the text of its canonical Extended JSON. Equal texts, equal identities. */
export type DocumentKey = string;

/** That a document changed, never what it says: contents come from `read`. */
export interface FeedChange {
  readonly key: DocumentKey;
  /** The change took it away. It may be there again by now. */
  readonly removed: boolean;
  readonly at: FeedTime;
}

export interface FeedBatch {
  /** Oldest first. None: nothing changed, and the place may have moved on all the same. */
  readonly changes: readonly FeedChange[];
  /** After the last of them. */
  readonly place: FeedPlace;
}

/** A document as it was at the moment of a reading. */
export interface DocumentRead {
  readonly key: DocumentKey;
  /** The chosen fields, in canonical Extended JSON. Missing: there is none, or the filter leaves it out. */
  readonly document?: JsonObject;
  /** It is there and larger than is read: so many bytes. */
  readonly tooLarge?: number;
  /** It is there and cannot be read. Only a scan says so, to go on behind it; `read` throws. */
  readonly unreadable?: true;
}

export interface DocumentsRead {
  /** The moment all of them were read at, absence included. Later readings are never earlier. */
  readonly at: FeedTime;
  readonly documents: readonly DocumentRead[];
}

export interface ScanPage extends DocumentsRead {
  /** Where to go on after; missing on the last page. */
  readonly next?: DocumentKey;
}

export interface ScanRequest {
  readonly after?: DocumentKey;
  readonly limit: number;
  /** Only documents of this group; none where no field holds it. */
  readonly group?: string;
}

/** What hinders following, on either side, as a check of both found it. */
export interface FeedObstacle {
  /** `right`: it is not allowed; `setting`: it is switched off or wrong there; `place`: it is not there; `advice`: it works, with a risk. */
  readonly kind: 'right' | 'setting' | 'place' | 'advice';
  /** For a person: what is missing, and on which side. No value. */
  readonly text: string;
}

export interface FeedHealth {
  readonly obstacles: readonly FeedObstacle[];
  /** Whether the database keeps documents as they were before a change. We never need it. */
  readonly preImages: boolean;
  /** How far its history goes back (ms), where it says so: an absence longer than this loses the place. */
  readonly historyMs?: number;
}

/** Changes after a place, for as long as it is open. One reader. */
export interface OpenFeed {
  /** Waits up to `waitMs` for a change, and answers what is there, at most `limit` changes. */
  next(options: { readonly waitMs: number; readonly limit: number }): Promise<FeedBatch>;
  /** A waiting `next` answers without changes. */
  close(): Promise<void>;
}

/**
 * One followed collection: which of its documents changed, and what they are now.
 *
 * Order: changes of one document come in their order. After a failure `open` at an earlier place tells again, and
 * leaves nothing out.
 * Reading: one moment a call, and a majority of the database stands behind it: nothing that was read is taken back.
 * Failure: `CAPTURE_UNREACHABLE` passes by itself. `CAPTURE_HISTORY_LOST`: the place is not known any more.
 * `CAPTURE_COLLECTION_GONE`: the collection was dropped or renamed, or was never there. `CAPTURE_FORBIDDEN`: a right is missing.
 * `CAPTURE_DOCUMENT_UNREADABLE`: at least one of the documents asked for cannot be read; asked for alone, the others can.
 */
export interface ChangeFeed {
  /** The place of now: what changes after it will be told from there. */
  now(): Promise<FeedPlace>;
  open(after: FeedPlace): Promise<OpenFeed>;
  /** One each, in order. */
  read(keys: readonly DocumentKey[]): Promise<DocumentsRead>;
  /** Every document once, in one order that holds over all types of identity. */
  scan(request: ScanRequest): Promise<ScanPage>;
  /** About how many there are. */
  count(): Promise<number>;
  examine(): Promise<FeedHealth>;
  close(): Promise<void>;
}

/** What is followed of a collection: nothing else leaves the database. */
export interface FeedOptions {
  readonly database: string;
  readonly collection: string;
  /** White list of paths, `u.username`; missing: whole documents. The key is always there. */
  readonly fields?: readonly string[];
  /** Among `fields`, those whose change alone tells nothing: a change of them and of nothing else is not told. */
  readonly quietFields?: readonly string[];
  /** The path that holds a document's group, for `scan`. */
  readonly groupField?: string;
  /** A query in Extended JSON; what does not fit it is not there. */
  readonly filter?: JsonObject;
}

/** After projection, as canonical Extended JSON. A fact of it must still fit into the log. */
export const LARGEST_DOCUMENT = 248 * 1024;
