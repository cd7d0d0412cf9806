import type { Checkpoint } from '#libs/ports/event-log';

const WITHIN_MS = 5_000;
const LOOK_EACH_MS = 25;

export interface CatchingUpParts {
  readonly checkpoint: (projector: 'catalog') => Promise<Checkpoint | undefined>;
  /** Milliseconds of this process, which no change of the clock moves. */
  readonly elapsedMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Overwrites the bytes of what was removed. */
  readonly tidy: () => Promise<void>;
}

/** Waits until the catalog has met a fact. `false`: it had not by then; it will, and nobody needs to ask again. */
export const whenCatalogued =
  ({ checkpoint, elapsedMs, sleep }: Omit<CatchingUpParts, 'tidy'>) =>
  async (position: number): Promise<boolean> => {
    const until = elapsedMs() + WITHIN_MS;
    while (((await checkpoint('catalog'))?.position ?? 0) < position) {
      if (elapsedMs() > until) return false;
      await sleep(LOOK_EACH_MS);
    }
    return true;
  };

/**
 * Waits until the catalog has met an erasure, then overwrites the bytes of what it removed. `false`: it had not
 * met it by then; it will, and the next tidying follows by itself.
 */
export const whenRefolded = (parts: CatchingUpParts) => {
  const catalogued = whenCatalogued(parts);
  return async (position: number): Promise<boolean> => {
    if (!(await catalogued(position))) return false;
    await parts.tidy();
    return true;
  };
};
