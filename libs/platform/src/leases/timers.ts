/** Waiting, handed in so that a test need not. */
export interface Timers {
  /** Milliseconds that only go forward; a wall clock that is set has no effect. */
  now(): number;
  /** Settles after a while, or at once when aborted; never throws. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    }),
};
