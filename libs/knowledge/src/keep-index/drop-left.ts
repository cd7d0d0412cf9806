import type { Clock } from '#libs/kernel';
import type { SearchIndex } from '#libs/ports/search-index';

import type { IndexPointer } from '../generations/index-pointer.js';
import type { ParkedUnits } from '../index-records/parked-units.js';

export interface DropLeftParts {
  readonly pointer: Pick<IndexPointer, 'left' | 'dropped'>;
  readonly index: Pick<SearchIndex, 'drop'>;
  readonly parked: Pick<ParkedUnits, 'drop'>;
  readonly clock: Clock;
}

/** A question that began before a switch may go on so long in the index that was left. */
export const LEFT_MS = 60_000;

/**
 * Removes the generations that were left at least so long ago; answers how many. Nobody writes to them any more, so an
 * erasure removes them all: a question that is still in one of them finds nothing.
 */
export const dropLeft =
  ({ pointer, index, parked, clock }: DropLeftParts) =>
  async (leastMs: number): Promise<number> => {
    const now = clock.now();
    const left = (await pointer.left()).filter(({ since }) => Math.abs(now - since) >= leastMs);
    for (const { generation } of left) {
      await index.drop(generation);
      await parked.drop(generation);
      await pointer.dropped(generation);
    }
    return left.length;
  };
