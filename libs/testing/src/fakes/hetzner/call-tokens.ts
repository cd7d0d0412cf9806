import type { Clock } from '#libs/kernel';

/** Calls of a project: a full bucket may be spent at once, and comes back evenly within an hour. */
export class CallTokens {
  #left: number;
  #since: number;

  constructor(
    private readonly clock: Clock,
    readonly limit: number,
  ) {
    this.#left = limit;
    this.#since = clock.now();
  }

  /** Nothing is left now. */
  drain(): void {
    this.#refill();
    this.#left = 0;
  }

  /** Whether this call is let in. */
  take(): boolean {
    this.#refill();
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  /** `Reset` says when all of them are back, not when the next one is. */
  get headers(): Readonly<Record<string, string>> {
    const msToFull = ((this.limit - this.#left) * 3_600_000) / this.limit;
    return {
      'ratelimit-limit': String(this.limit),
      'ratelimit-remaining': String(Math.floor(this.#left)),
      'ratelimit-reset': String(Math.ceil((this.clock.now() + msToFull) / 1000)),
    };
  }

  #refill(): void {
    const now = this.clock.now();
    const back = ((now - this.#since) * this.limit) / 3_600_000;
    this.#left = Math.min(this.limit, this.#left + Math.max(0, back));
    this.#since = now;
  }
}
