import type { Catalog } from '#libs/catalog';
import type { Capture } from '#libs/capture';

interface EraseRemovedParts {
  readonly removals: Capture['removals'];
  readonly erase: Catalog['eraseRemoved'];
  /** Called between two pieces of long work. */
  readonly letOthersWork: () => Promise<unknown>;
}

/** Erases what followed databases took away, as far as its time has come. Answers how many streams were erased. */
export type EraseRemoved = (signal: AbortSignal) => Promise<number>;

/** An erasure of so many is one fact, and its records are cleaned in one turn of the catalog. */
const AT_ONCE = 500;
const ACTOR = 'innkeeper/capture';

/** Settled last: a crash before it repeats the erasure, and that changes nothing. */
export const eraseRemoved =
  ({ removals, erase, letOthersWork }: EraseRemovedParts): EraseRemoved =>
  async (signal) => {
    let erased = 0;
    while (!signal.aborted) {
      const due = await removals.due(AT_ONCE);
      if (due.length === 0) break;
      await erase(due, ACTOR);
      await removals.settle(due);
      erased += due.length;
      await letOthersWork();
    }
    return erased;
  };
