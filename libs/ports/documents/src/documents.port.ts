import type { Json } from '#libs/kernel';

/** A set of documents of one shape. Declared fields become indexes in every adapter. */
export interface Collection {
  /** `[a-z][a-z0-9_]*`; a generation of a projection is a collection of its own: `records_call_3`. */
  readonly name: string;
  /** What may be filtered and sorted by; each holds strings of at most 1 KiB, or numbers, never both. */
  readonly fields: readonly string[];
  /**
   * One of `fields`: lists are read in this order. A page in it, in either direction and with any one equality, then
   * costs the same for any amount stored. In any other order (by id too), all that an equality finds is sorted.
   */
  readonly orderedBy?: string;
}

export type FieldValue = string | number;

/** Where a derived document comes from: the last fact in it. Eras are ordered, then positions. */
export interface Fence {
  readonly era: number;
  readonly position: number;
}

export interface NewDocument {
  /** Any well-formed text of at most 1 KiB. */
  readonly id: string;
  /** Plain JSON; `null` is a tombstone: reads do not see it, fences still do. */
  readonly body: Json;
  readonly bytes?: Uint8Array;
  readonly fields?: Readonly<Record<string, FieldValue>>;
  /** From this time on (ms) it counts as never written, for reads and writes; removed at leisure. */
  readonly expiresAt?: number;
}

export interface FencedDocument extends NewDocument {
  readonly fence: Fence;
}

export interface StoredDocument extends NewDocument {
  /** 1 for the first write, one more each time. */
  readonly version: number;
  readonly fence?: Fence;
}

/** `equal`: this very fence was written before, which is success (a crash between write and signal). */
export type PutOutcome = 'written' | 'equal' | 'stale';

export type Swapped =
  | { readonly swapped: true; readonly version: number }
  | { readonly swapped: false; readonly version: number };

export interface Query {
  /** Equalities over declared fields. */
  readonly where?: Readonly<Record<string, FieldValue>>;
  /**
   * One declared field; text goes by code point, what lacks the field comes before all others, ties go by id
   * in the same direction. Missing: ordered by id.
   */
  readonly order?: { readonly field: string; readonly descending?: boolean };
  /** Lower bound (inclusive) on the order field, or on the id when there is none. */
  readonly from?: FieldValue;
  /** What `next` of the page before said. */
  readonly after?: string;
  readonly limit: number;
  /** `false`: each document comes without its bytes, which the store then does not read either. */
  readonly bytes?: boolean;
}

export interface Page {
  readonly items: readonly StoredDocument[];
  /** Missing on the last page. Opaque. Throws `DOCUMENTS_CURSOR_INVALID` when it is not one of ours. */
  readonly next?: string;
}

/**
 * Current state: records, runs, deliveries, checkpoints.
 *
 * Order: none between documents. Reads after an answered write see it.
 * Fences: `put` writes only over an older fence, so a late writer cannot undo a newer one. A fenced
 * `put` of an equal fence answers `equal` and changes nothing.
 * Durability: an answered write survives the loss of power.
 * Failure: `DOCUMENTS_UNAVAILABLE`, `STORE_FULL`, `DOCUMENT_TOO_LARGE` (body and bytes over 900 KiB, an id or
 * a field's text over 1 KiB), `DOCUMENTS_FIELD_UNKNOWN`. A batch may be written in part when it throws;
 * doing it again is safe.
 */
export interface Documents {
  /** One answer per id, in order. */
  get(
    collection: Collection,
    ids: readonly string[],
  ): Promise<readonly (StoredDocument | undefined)[]>;

  query(collection: Collection, query: Query): Promise<Page>;

  put(collection: Collection, documents: readonly FencedDocument[]): Promise<readonly PutOutcome[]>;

  /**
   * Compare and set: writes when the stored version is the expected one; 0 means "not there yet". A fence that
   * is there stays.
   */
  swap(collection: Collection, document: NewDocument, expectedVersion: number): Promise<Swapped>;

  /** Removes for good, tombstones too. */
  remove(collection: Collection, ids: readonly string[]): Promise<void>;

  /** Removes a whole collection: an old generation after a switch. */
  drop(collection: Collection): Promise<void>;
}
