export interface Backoff {
  /** Delay before the first repetition, in milliseconds. */
  readonly first: number;
  readonly most: number;
}

/** Doubling delay with full jitter in its upper half, so that many who failed together return apart. */
export const backoffDelay = (
  { first, most }: Backoff,
  attempt: number,
  random: () => number = Math.random,
): number => {
  // Bounded: nothing times infinity is no number, and neither is a delay.
  const doublings = Math.min(Math.max(0, attempt - 1), 40);
  const whole = Math.min(most, first * 2 ** doublings);
  return Math.round(whole / 2 + (random() * whole) / 2);
};
