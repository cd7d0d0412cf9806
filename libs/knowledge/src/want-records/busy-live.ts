/** Who changes the index now goes first: work in the background asks for a free moment before each piece. */
export interface BusyLive {
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Settles when no change of the moment is in work in this process. */
  free(): Promise<void>;
}

export const createBusyLive = (): BusyLive => {
  let inWork = 0;
  let waiting: (() => void)[] = [];
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
    free: () =>
      inWork === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };
};
