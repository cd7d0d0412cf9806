import { factsAfter, type EventLog, type StoredFact } from '#libs/ports/event-log';
import type { TimeRange } from '#libs/ports/provider';

const WEEK = 7 * 86_400_000;

export interface HeardSource {
  readonly source: string;
  readonly events: readonly string[];
}

/**
 * How many facts of these events a range of time would have brought, less those that it did bring. It uses the rate
 * of the week before, or of as much of that week as there is. An estimate, and said to be one.
 */
export const expectedTold =
  ({ log }: { log: Pick<EventLog, 'head' | 'read'> }) =>
  async (told: HeardSource, stretch: TimeRange): Promise<number> => {
    const { position: head } = await log.head();
    const begin = await firstSince(log, stretch.from - WEEK, head);
    const [first] = await log.read(begin - 1, 1);
    if (!first || first.recordedAt >= stretch.from) return 0;
    let [before, during] = [0, 0];
    for await (const fact of factsAfter(log, begin - 1)) {
      if (fact.recordedAt >= stretch.to) break;
      if (!isOf(fact, told)) continue;
      if (fact.recordedAt < stretch.from) before++;
      else during++;
    }
    const known = stretch.from - Math.max(first.recordedAt, stretch.from - WEEK);
    const rate = before / known;
    return Math.max(0, Math.round(rate * (stretch.to - stretch.from)) - during);
  };

const isOf = ({ meta, data }: StoredFact, { source, events }: HeardSource): boolean => {
  const from = (JSON.parse(meta) as { source?: unknown }).source;
  if (typeof from !== 'string' || !from.startsWith(`${source}/`)) return false;
  const { event } = JSON.parse(data) as { event?: unknown };
  return typeof event === 'string' && events.includes(event);
};

/** The first position recorded at this time or later; times grow with positions, but for clocks of writers. */
const firstSince = async (
  log: Pick<EventLog, 'read'>,
  time: number,
  head: number,
): Promise<number> => {
  let [low, high] = [1, head];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [fact] = await log.read(middle - 1, 1);
    if (fact && fact.recordedAt < time) low = middle + 1;
    else high = middle;
  }
  return low;
};
