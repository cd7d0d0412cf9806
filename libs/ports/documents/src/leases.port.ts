export interface LeaseState {
  readonly name: string;
  readonly holder: string;
  /** Grows with each new holder; what the holder writes can be told from a late predecessor's. */
  readonly term: number;
  /** By the server's clock. */
  readonly expiresInMs: number;
}

/**
 * The right to be the only one doing something, for a while.
 *
 * Expiry is judged by the store's own clock alone: a client's clock that is wrong by ten minutes has
 * no effect. A lease narrows who works; what makes a late holder harmless is the fence at the write.
 */
export interface Leases {
  /** Takes a free or expired lease, with the next term. Held by somebody else: `undefined`. */
  acquire(name: string, holder: string, ttlMs: number): Promise<LeaseState | undefined>;

  /** Extends a lease this holder still has with this term. `false`: lost, stop at once. */
  renew(name: string, holder: string, term: number, ttlMs: number): Promise<boolean>;

  /** Gives it up so that the next need not wait. Nothing happens when it is not ours any more. */
  release(name: string, holder: string, term: number): Promise<void>;

  list(): Promise<readonly LeaseState[]>;
}
