import { Fault } from '#libs/kernel';
import type { FleetWatch } from '#libs/ports/server-fleet';

import type { HetznerFleetOptions } from './options.js';

export interface HetznerPatience extends FleetWatch {
  readonly limitMs: number;
  /** What was the matter, when time is up. */
  readonly over: () => Fault;
}

/** A second at first, then longer: Hetzner counts calls. */
const FIRST_MS = 1_000;
const GROWTH = 1.5;
const LONGEST_MS = 5_000;

/**
 * Looks again and again until there is something, with pauses that grow. What is away or busy for a while is waited for too;
 * at the end it is what is thrown.
 */
export const patiently = async <T>(
  { clock, sleep }: Pick<HetznerFleetOptions, 'clock' | 'sleep'>,
  { signal, limitMs, over }: HetznerPatience,
  look: () => Promise<T | undefined>,
): Promise<T> => {
  const until = clock.now() + limitMs;
  for (let pause = FIRST_MS; ; pause = Math.min(pause * GROWTH, LONGEST_MS)) {
    let passing: Fault | undefined;
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      if (!isPassing(error)) throw error;
      passing = error;
    }
    const wait = Math.max(pause, passing?.retryAfterMs ?? 0);
    if (clock.now() + wait > until) throw passing ?? over();
    await sleep(wait, signal);
    signal.throwIfAborted();
  }
};

const isPassing = (error: unknown): error is Fault =>
  error instanceof Fault &&
  (error.code === 'FLEET_UNREACHABLE' || error.code === 'FLEET_THROTTLED');
