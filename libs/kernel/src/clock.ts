/** Time is handed in, so that a test can hold it still and a fold never reads it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/**
 * So far the clocks of two processes may differ and both count as right. A stored time that stands further in the
 * future than this and than anybody waits was written by a clock that was wrong.
 */
export const CLOCKS_APART_MS = 10 * 60_000;
