import type { Log } from '../logs/log.js';

/** Work that is repeated, by the name its log lines have. */
export interface TickingWork {
  readonly name: string;
  readonly everyMs: number;
  readonly atOnce?: boolean;
  readonly tick: () => Promise<void>;
}

export interface StartedTicker {
  /** No tick begins any more; one in work goes on. */
  readonly pause: () => void;
  /** Waits for the tick in work, so that nobody closes a store under it. */
  readonly stop: () => Promise<void>;
}

/**
 * Repeats work until it is stopped. While one tick is in work, the next ones are left out. Work that goes on failing is
 * one line when that begins and one when it ends.
 */
export const startTicker = (
  { name: ticker, everyMs, atOnce = false, tick }: TickingWork,
  log: Log,
): StartedTicker => {
  let inWork: Promise<void> | undefined;
  let isFailing = false;
  const tickOnce = async (): Promise<void> => {
    try {
      await tick();
      if (isFailing) log.info('ticker.recovered', { ticker });
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.warn('ticker.failed', { ticker, error });
      isFailing = true;
    }
  };
  const begin = (): void => {
    inWork ??= tickOnce().finally(() => (inWork = undefined));
  };
  const timer = setInterval(begin, everyMs);
  timer.unref();
  if (atOnce) begin();
  return {
    pause: () => clearInterval(timer),
    stop: async () => {
      clearInterval(timer);
      await inWork;
    },
  };
};
