import type { Clock } from '#libs/kernel';

import type { IndexRecords } from '../index-records/index-records.js';
import type { FreshUnits } from '../follow-vectors/fresh-units.js';
import type { BusyLive } from './busy-live.js';
import type { WantedRecords } from './wanted-records.js';

/** A signal, with the time when it was published. */
export interface ReceivedSignal {
  readonly kind: string;
  readonly id: string;
  readonly publishedAt: number;
}

/** How long it took from a change to the index, by which way. */
export type OnIndexed = (way: 'live' | 'backlog', ms: number) => void;

export interface TakeSignalsParts {
  readonly clock: Clock;
  readonly wanted: Pick<WantedRecords, 'want'>;
  readonly indexing: Pick<IndexRecords, 'indexRecords'>;
  readonly live: BusyLive;
  readonly fresh: Pick<FreshUnits, 'note'>;
  readonly onIndexed: OnIndexed;
}

/** Older ones are backlog: after a start, an outage or an import. What changes now goes before them. */
export const FRESH_MS = 10_000;
/** So many at once came faster than they are indexed, so others stand behind them. */
const LINE = 256;
/** In a line none is kept waiting longer than this: noting goes much faster than indexing. */
const FRESH_IN_LINE_MS = 2_000;

/** Indexes what changed just now, and notes the rest for later. Then every signal is done. */
export const takeSignals =
  ({ clock, wanted, indexing, live, fresh: unembedded, onIndexed }: TakeSignalsParts) =>
  (signals: readonly ReceivedSignal[]): Promise<void> =>
    live.during(async () => {
      const now = clock.now();
      const isLine = signals.length >= LINE;
      const freshMs = isLine ? FRESH_IN_LINE_MS : FRESH_MS;
      const isFresh = ({ publishedAt }: ReceivedSignal): boolean => now - publishedAt <= freshMs;
      const fresh = signals.filter(isFresh);
      const old = signals.filter((signal) => !isFresh(signal));
      if (isLine && old.length > 0) live.notedLine();
      await wanted.want(
        old.map(({ kind, id, publishedAt }) => ({
          record: `${kind}/${id}`,
          changedAt: publishedAt,
        })),
      );
      if (fresh.length === 0) return;
      await indexing.indexRecords(fresh);
      unembedded.note(fresh);
      const done = clock.now();
      for (const { publishedAt } of fresh) onIndexed('live', done - publishedAt);
    });
