export interface LaneOptions {
  /** So many are under way at the same time. */
  readonly width: number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly elapsedMs: () => number;
}

/** A way that holds a few at a time, and can be closed for a while for all of them. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #waiting: (() => void)[] = [];
  #under = 0;
  #closedUntil = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#enter(signal);
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      this.#under--;
      this.#waiting.shift()?.();
    }
  }

  close(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#options.elapsedMs() + ms);
  }

  get closedForMs(): number {
    return Math.max(0, Math.ceil(this.#closedUntil - this.#options.elapsedMs()));
  }

  async untilOpen(signal?: AbortSignal): Promise<void> {
    for (let ms = this.closedForMs; ms > 0; ms = this.closedForMs)
      await this.#options.sleep(ms, signal);
  }

  async #enter(signal?: AbortSignal): Promise<void> {
    while (this.#under >= this.#options.width) {
      signal?.throwIfAborted();
      await this.#turn(signal);
    }
    this.#under++;
  }

  #turn(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        resolve();
      };
      this.#waiting.push(go);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }
}
