/** Cents for a million tokens; 0 where nobody said. */
export interface TokenPrice {
  readonly inCents: number;
  /** Of what the other side had read before. */
  readonly cachedCents: number;
  readonly outCents: number;
}
