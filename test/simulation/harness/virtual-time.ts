import type { Clock } from '#libs/kernel';
import type { Timers } from '#libs/platform';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

const START = 1_800_000_000_000;

/** The one time of a simulation: it stands still while anything can happen, then jumps to the next sleeper. */
export class VirtualTime implements Timers, Clock {
  #now = START;
  #sleepers: Sleeper[] = [];

  now(): number {
    return this.#now;
  }

  get passedMs(): number {
    return this.#now - START;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const sleeper: Sleeper = {
        at: this.#now + ms,
        wake: () => {
          this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
          signal.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', sleeper.wake);
    });
  }

  /** `false`: nobody sleeps, so nothing will ever happen again. */
  jump(): boolean {
    const next = this.#sleepers.reduce<Sleeper | undefined>(
      (first, one) => (first && first.at <= one.at ? first : one),
      undefined,
    );
    if (!next) return false;
    this.#now = Math.max(this.#now, next.at);
    next.wake();
    return true;
  }
}
