/** Wakes those who wait for facts, in this process. Bounded, so that a lost ring is only a delay. */
export class Bell {
  readonly #waiting = new Set<() => void>();

  ring(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Settles at the next ring, after this time, or when aborted. */
  wait(signal: AbortSignal, patienceMs: number): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, patienceMs);
      signal.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }
}
