import { randomFillSync } from 'node:crypto';

/** Random bytes in pieces of one size, many made by one call: a call each costs as much as a cipher. */
export class RandomPool {
  readonly #pool: Uint8Array;
  #next: number;

  constructor(
    private readonly size: number,
    count: number,
  ) {
    this.#pool = new Uint8Array(size * count);
    this.#next = this.#pool.length;
  }

  /** A view into the pool, good until `count` more were taken: copy it or use it at once. */
  take(): Uint8Array {
    if (this.#next === this.#pool.length) {
      randomFillSync(this.#pool);
      this.#next = 0;
    }
    return this.#pool.subarray(this.#next, (this.#next += this.size));
  }
}
