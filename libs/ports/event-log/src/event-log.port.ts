import type { Id } from '#libs/kernel';

/** A fact as the log stores it: data as canonical JSON text, personal part sealed. */
export interface DraftFact {
  readonly id: Id;
  readonly type: string;
  /** `[A-Za-z0-9._~:/-]`; no `@`, no personal value. */
  readonly stream: string;
  /** The source's time, ms. */
  readonly occurredAt: number;
  /** Canonical JSON of source, actor, correlation, causation and traceparent. */
  readonly meta: string;
  /** Canonical JSON. Kept as text everywhere: a database's own number types would change it. */
  readonly data: string;
  readonly personal?: Uint8Array;
}

export interface StoredFact extends DraftFact {
  readonly position: number;
  readonly version: number;
  readonly era: number;
  readonly recordedAt: number;
}

export interface Head {
  readonly era: number;
  /** The last position; the first fact of a log (its era) is at 1. */
  readonly position: number;
  /** Of the last commit. */
  readonly hash: Uint8Array;
}

/** What became of one observation. `known`: the same id was stored before, at this position. */
export type Observed =
  | { readonly outcome: 'appended' | 'known'; readonly position: number }
  | { readonly outcome: 'too_large'; readonly bytes: number };

export type Decided =
  | { readonly outcome: 'appended'; readonly positions: readonly number[] }
  | { readonly outcome: 'conflict'; readonly version: number }
  | { readonly outcome: 'too_large'; readonly bytes: number };

/**
 * All facts in one order.
 *
 * Order: positions are dense and grow; a reader never sees a position before all earlier ones.
 * Idempotency: a known fact id is never stored twice; its old position is the answer.
 * Durability: when `observe` or `decide` answers, the facts survive the loss of power.
 * Failure: throws `LOG_UNAVAILABLE` when it cannot be reached; the outcome is then unknown, so ask again with the
 * same ids. It throws `STORE_FULL`, `LOG_CHAIN_BROKEN` when a reader meets a gap, and `LOG_FACT_INVALID` when no log
 * can hold a draft. A bad append fails alone.
 */
export interface EventLog {
  /** Appends to observed streams, one answer each, in order. What is known is skipped, one by one. */
  observe(facts: readonly DraftFact[]): Promise<readonly Observed[]>;

  /**
   * Appends to one decided stream, all or nothing, if its version is still the expected one. Asked for
   * again, it answers the old positions; of a decision that is stored in part nothing more is stored.
   */
  decide(stream: string, expectedVersion: number, facts: readonly DraftFact[]): Promise<Decided>;

  /** Facts of one stream after a version, in order. */
  stream(stream: string, after: number, limit: number): Promise<readonly StoredFact[]>;

  /** Facts after a position, without a gap. */
  read(after: number, limit: number): Promise<readonly StoredFact[]>;

  /** In the order asked; what is not there is left out. */
  find(ids: readonly Id[]): Promise<readonly StoredFact[]>;

  /** Settles when there may be facts after this position, or after a while, or when aborted. */
  wake(after: number, signal: AbortSignal): Promise<void>;

  head(): Promise<Head>;
}

/** One batch of appends, as it lies in the chain. */
export interface Commit {
  /** The position of its first fact = the predecessor's first + count. */
  readonly first: number;
  /** How many facts it was made of, as stored: fewer in `facts` means that some are lost. */
  readonly count: number;
  readonly era: number;
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
  readonly facts: readonly (StoredFact & { readonly hash: Uint8Array })[];
}

/** For `verify` and for restores; beside the log because no role needs it to work. */
export interface LogChain {
  /** Commits as stored, from the one that holds this position on. Checks nothing. */
  commits(from: number, limit: number): Promise<readonly Commit[]>;

  /**
   * Begins a new era, greater than any before; appends `log.era.began.v1`. The present era again is
   * answered with the head; an older one throws `LOG_ERA_NOT_NEWER`.
   */
  beginEra(era: number): Promise<Head>;
}

/** A fact larger than this cannot be stored anywhere. */
export const FACT_LIMIT = 256 * 1024;
/** A commit is cut before it grows beyond this. */
export const COMMIT_LIMIT = 1024 * 1024;
