import type { Awaitable } from '#libs/kernel';

export interface Unsealed {
  readonly stream: string;
  readonly plain: Uint8Array;
  /**
   * From a day after this time (ms) on, the stream's key is retired by itself; the latest of several counts.
   * Missing: the key stays, also where it was to go before.
   */
  readonly expiresAt?: number;
}

export interface Sealed {
  readonly stream: string;
  readonly sealed: Uint8Array;
}

export interface Tombstone {
  readonly stream: string;
  readonly destroyedAt: number;
}

/**
 * One key per stream, wrapped by the master key, never handed out.
 *
 * Sealed bytes are bound to their stream: they open with no other. A key is durable before anything sealed with it is
 * answered. `destroy` leaves a tombstone: the stream never gets another key, what was sealed never opens, and what
 * comes later is dropped. `retire` leaves nothing: the stream is as one that never had a key. A key that was sealed
 * with an expiry is retired by the store, never before a day after that time. Failure: `KEYS_UNAVAILABLE`,
 * `STORE_FULL`, `MASTER_KEY_WRONG` (at opening), `KEYS_SEALED_BROKEN`.
 */
export interface Keys {
  /** One answer each, in order; `undefined` where the stream's key has been destroyed. */
  seal(items: readonly Unsealed[]): Awaitable<readonly (Uint8Array | undefined)[]>;

  /** One answer each, in order; `undefined` where the stream's key has been destroyed. */
  open(items: readonly Sealed[]): Awaitable<readonly (Uint8Array | undefined)[]>;

  /** Keyed hashes (HMAC-SHA256 under a key of this platform): personal values never stand in an id plainly. */
  fingerprint(values: readonly Uint8Array[]): Awaitable<readonly Uint8Array[]>;

  /** Destroys for good; streams without a key get a tombstone too. Doing it again changes nothing. */
  destroy(streams: readonly string[], at: number): Promise<void>;

  /** Every tombstone, to be applied again after keys were restored from a backup. */
  tombstones(): Promise<readonly Tombstone[]>;

  /**
   * Removes keys without a tombstone: the same stream may get a new key later. What was sealed before
   * never opens again and is `KEYS_SEALED_BROKEN` then. Tombstones stay. Doing it again changes nothing.
   */
  retire(streams: readonly string[]): Promise<void>;

  /** Drops only what this process remembers of these streams: the next call asks the store. */
  forget(streams: readonly string[]): Promise<void>;
}
