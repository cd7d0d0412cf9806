import type { Clock } from '#libs/kernel';

/** At most so many within any stretch: counted as a provider counts, over the last ones that were let in. */
export class RateWindow {
  #times: number[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly limit: number,
    private readonly perMs: number,
  ) {}

  /** 0: let in. Else how long until one would be. */
  take(): number {
    const now = this.clock.now();
    this.#times = this.#times.filter((time) => time > now - this.perMs);
    if (this.#times.length < this.limit) {
      this.#times.push(now);
      return 0;
    }
    return (this.#times[0] ?? now) + this.perMs - now;
  }

  get left(): number {
    const now = this.clock.now();
    return this.limit - this.#times.filter((time) => time > now - this.perMs).length;
  }
}
