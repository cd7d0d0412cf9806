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
  /** Ends when all that was to be done at this moment is done. */
  readonly letOthersWork: () => Promise<unknown>;
}

/** A change of the moment waits at most for one such piece. */
const TOGETHER = 64;
/** Others have hardly anything to do in a turn that is shorter. */
const QUIET_TURN_MS = 5;
/** Who never has such a turn has too much to do: then what waits here is still worked off, slowly. */
const LONGEST_REST_MS = 1_000;

/** Works off what is wanted, the newest first, until nothing is or the signal says to stop. Answers how many. */
export const indexWanted =
  (parts: IndexWantedParts) =>
  async (signal: AbortSignal): Promise<number> => {
    const { clock, wanted, indexing, live, onIndexed } = parts;
    let count = 0;
    while (!signal.aborted) {
      await restUntilQuiet(parts);
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

/** Questions, posts and records go first: where they keep the process busy, this one leaves it to them. */
const restUntilQuiet = async ({ clock, letOthersWork }: IndexWantedParts): Promise<void> => {
  const begun = clock.now();
  let before = begun;
  while (Math.abs(before - begun) < LONGEST_REST_MS) {
    await letOthersWork();
    const now = clock.now();
    if (Math.abs(now - before) < QUIET_TURN_MS) return;
    before = now;
  }
};

/** `kind/id`, of which only the id may hold slashes. */
const pointerOf = (record: string): { kind: string; id: string } => {
  const end = record.indexOf('/');
  return { kind: record.slice(0, end), id: record.slice(end + 1) };
};
