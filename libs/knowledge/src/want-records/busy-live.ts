import type { Clock } from '#libs/kernel';

/** Who changes the index now goes first: work in the background asks for a free moment before each piece. */
export interface BusyLive {
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Signals of long ago were noted: behind them in the line stands what changes now. */
  notedOld(): void;
  /** Settles when no change of the moment is in work in this process. */
  free(): Promise<void>;
  /** Whether old signals came just now. The background then leaves the machine to them, but not without end. */
  isNoting(): boolean;
}

/** The next batch of a long line comes sooner. */
const QUIET_MS = 1_000;
/** Where old signals never end, what they noted must be worked off in between. */
const LONGEST_MS = 30_000;

export const createBusyLive = ({ clock }: { readonly clock: Clock }): BusyLive => {
  let inWork = 0;
  let waiting: (() => void)[] = [];
  let notingSince: number | undefined;
  let notedAt = 0;
  return {
    async during(work) {
      inWork += 1;
      try {
        return await work();
      } finally {
        inWork -= 1;
        if (inWork === 0) {
          const waited = waiting;
          waiting = [];
          for (const go of waited) go();
        }
      }
    },
    notedOld() {
      notedAt = clock.now();
      notingSince ??= notedAt;
    },
    free: () =>
      inWork === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    isNoting() {
      if (notingSince === undefined) return false;
      const now = clock.now();
      const isOver =
        Math.abs(now - notedAt) >= QUIET_MS || Math.abs(now - notingSince) >= LONGEST_MS;
      if (isOver) notingSince = undefined;
      return !isOver;
    },
  };
};
