export interface Ticker {
  readonly everyMs: number;
  readonly tick: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Repeats work until it is stopped. While one tick is in work, the next ones are left out. The answer
 * stops the ticker and waits for the tick in work, so that nobody closes a store under it.
 */
export const startTicker = ({ everyMs, tick, onError }: Ticker): (() => Promise<void>) => {
  let inWork: Promise<void> | undefined;
  const timer = setInterval(() => {
    inWork ??= tick()
      .catch(onError)
      .finally(() => (inWork = undefined));
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await inWork;
  };
};
