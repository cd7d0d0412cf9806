import type { Clock } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

const collection: Collection = { name: 'sweep_clock', fields: [] };
const ID = 'sweep';
const HOUR_MS = 3_600_000;
/** So far our clock may be ahead of what we expect. */
const DAY_MS = 24 * HOUR_MS;
/** So long a sweep waits where it is further. A laptop that is off each night must come to its sweep, too. */
const STEADY_MS = 2 * HOUR_MS;

export interface SweepClockParts {
  readonly documents: Documents;
  readonly clock: Clock;
  /** Milliseconds since any moment, by a watch that nobody sets. */
  readonly stopwatch: () => number;
}

interface ClockReading {
  readonly time: number;
  readonly watch: number;
}

/**
 * Whether our clock can be trusted to remove what has expired, which nobody brings back. A clock that is more than a
 * day ahead of where the last sweep and a stopwatch put it was set wrongly, or this process stood still for long.
 * Nobody can tell which: so the sweep waits until the clock is right again, or was steady for two hours.
 */
export class SweepClock {
  #trusted: ClockReading | undefined;
  #doubted: ClockReading | undefined;
  #savedAt = -Infinity;

  constructor(private readonly parts: SweepClockParts) {}

  async isTrusted(): Promise<boolean> {
    const { clock, stopwatch } = this.parts;
    const now = { time: clock.now(), watch: stopwatch() };
    this.#trusted ??= await this.#saved(now);
    if (isAhead(now, this.#trusted) && !this.#isSteady(now)) return false;
    this.#trusted = now;
    this.#doubted = undefined;
    await this.#save(now.time);
    return true;
  }

  /** Whether it went with the stopwatch for long enough, since it was first in doubt. */
  #isSteady(now: ClockReading): boolean {
    if (!this.#doubted || isAhead(now, this.#doubted) || now.time < this.#doubted.time)
      this.#doubted = now;
    return now.watch - this.#doubted.watch >= STEADY_MS;
  }

  /** What the last process trusted; nothing stored: this is the first one. */
  async #saved(now: ClockReading): Promise<ClockReading> {
    const [stored] = await this.parts.documents.get(collection, [ID]);
    const { time } = (stored?.body ?? now) as Pick<ClockReading, 'time'>;
    return { time, watch: now.watch };
  }

  async #save(time: number): Promise<void> {
    if (Math.abs(time - this.#savedAt) < HOUR_MS) return;
    const [stored] = await this.parts.documents.get(collection, [ID]);
    // Who was quicker saved the same.
    await this.parts.documents.swap(collection, { id: ID, body: { time } }, stored?.version ?? 0);
    this.#savedAt = time;
  }
}

const isAhead = (now: ClockReading, before: ClockReading): boolean =>
  now.time - before.time > now.watch - before.watch + DAY_MS;
