import type { Clock } from '#libs/kernel';

/** Who changes the index now goes first: work in the background asks for a free moment before each piece. */
export interface BusyLive {
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Part of a long line of signals was noted: at its end stands what changes now. */
  notedLine(): void;
  /** Settles when no change of the moment is in work in this process. */
  free(): Promise<void>;
  /** Whether such a line came just now. The background leaves the machine to it, but not without end. */
  isNoting(): boolean;
}

/** The next batch of a long line comes sooner. */
const QUIET_MS = 1_000;
/** Where a line never ends, what was noted of it is worked off in between from then on. */
const LONGEST_MS = 30_000;

export const createBusyLive = ({ clock }: { readonly clock: Clock }): BusyLive => {
  let inWork = 0;
  let waiting: (() => void)[] = [];
  let notingSince = -Infinity;
  let notedAt = -Infinity;
  const isQuiet = (now: number): boolean => Math.abs(now - notedAt) >= QUIET_MS;
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
    notedLine() {
      const now = clock.now();
      if (isQuiet(now)) notingSince = now;
      notedAt = now;
    },
    free: () =>
      inWork === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    isNoting() {
      const now = clock.now();
      return !isQuiet(now) && Math.abs(now - notingSince) < LONGEST_MS;
    },
  };
};
