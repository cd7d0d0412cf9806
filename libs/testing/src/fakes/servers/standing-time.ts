/** Time that passes when somebody waits, and stands still while a test holds it. */
export class StandingTime {
  #now = Date.UTC(2026, 8, 14, 9);
  #holders = 0;
  #moved = Promise.withResolvers<void>();

  readonly now = (): number => this.#now;

  /** Ends early, and well, when the signal is aborted. */
  readonly sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    const stopped = Promise.withResolvers<void>();
    const stop = () => stopped.resolve();
    signal.addEventListener('abort', stop);
    while (this.#holders > 0 && !signal.aborted)
      await Promise.race([this.#moved.promise, stopped.promise]);
    signal.removeEventListener('abort', stop);
    if (!signal.aborted) this.#now += ms;
  };

  pass(ms: number): void {
    this.#now += ms;
  }

  hold(): { readonly release: () => Promise<void> } {
    this.#holders++;
    return {
      release: async () => {
        this.#holders--;
        this.#moved.resolve();
        this.#moved = Promise.withResolvers();
      },
    };
  }
}
