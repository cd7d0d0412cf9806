import type { Clock } from '#libs/kernel';

import type { IndexRecords } from '../index-records/index-records.js';
import type { BusyLive } from './busy-live.js';
import type { OnIndexed } from './take-signals.js';
import type { WantedRecords } from './wanted-records.js';

export interface IndexWantedParts {
  readonly clock: Clock;
  readonly wanted: Pick<WantedRecords, 'due' | 'settle'>;
  readonly indexing: Pick<IndexRecords, 'indexRecords'>;
  readonly live: Pick<BusyLive, 'free' | 'isNoting'>;
  readonly onIndexed: OnIndexed;
}

/** A change of the moment waits at most for one such piece. */
const TOGETHER = 64;

/** Works off what is wanted, the newest first, until nothing is or the signal says to stop. Answers how many. */
export const indexWanted =
  ({ clock, wanted, indexing, live, onIndexed }: IndexWantedParts) =>
  async (signal: AbortSignal): Promise<number> => {
    let count = 0;
    while (!signal.aborted) {
      await live.free();
      // The caller comes again soon.
      if (live.isNoting()) break;
      const due = await wanted.due(TOGETHER);
      if (due.records.length === 0) break;
      await indexing.indexRecords(due.records.map(({ record }) => pointerOf(record)));
      await wanted.settle(due);
      const done = clock.now();
      for (const { changedAt } of due.records) onIndexed('backlog', done - changedAt);
      count += due.records.length;
    }
    return count;
  };

/** `kind/id`, of which only the id may hold slashes. */
const pointerOf = (record: string): { kind: string; id: string } => {
  const end = record.indexOf('/');
  return { kind: record.slice(0, end), id: record.slice(end + 1) };
};
