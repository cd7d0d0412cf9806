import type { Fact } from '#libs/contracts';
import type { Journal } from '#libs/journal';
import { isId, type Id, type JsonObject } from '#libs/kernel';
import type { EventLog } from '#libs/ports/event-log';

import { stateOf } from '../merge/record-state.js';

/** One fact that a record rests on. Nothing personal: what it said stands in the record. */
export interface HistoryEntry {
  readonly fact: Id;
  readonly type: string;
  /** The provider's name of what happened. */
  readonly event?: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly position: number;
  /** The delivery that told it first. */
  readonly delivery: Id;
}

export interface RecordHistory {
  readonly items: readonly HistoryEntry[];
  /** The position to go on after; missing on the last page. */
  readonly next?: number;
}

interface AskedHistory {
  readonly stream: string;
  /** Facts of other streams that say something of it. */
  readonly rests: readonly Id[];
  readonly after: number;
  readonly limit: number;
}

const ID_LENGTH = 36;

/** Each layer of a state is the word of one fact, and its key ends with that fact's id. */
export const factIdsIn = (body: JsonObject): readonly Id[] => {
  const { layers, progress } = stateOf(body);
  const ids = [...layers, ...progress].map(([key]) => key.slice(-ID_LENGTH));
  return [...new Set(ids)].filter(isId);
};

/**
 * Everything in the record's own stream, and what other streams say of it as far as it still counts,
 * in the order of the log.
 */
export const historyOf = async (
  { log, journal }: { readonly log: EventLog; readonly journal: Journal },
  { stream, rests, after, limit }: AskedHistory,
): Promise<RecordHistory> => {
  // One more than asked for says whether there is a next page.
  const own = await log.stream(stream, after, limit + 1);
  const others = (await log.find(rests)).filter(
    (fact) => fact.stream !== stream && fact.position > after,
  );
  const all = [...own, ...others].sort((a, b) => a.position - b.position);
  const page = all.slice(0, limit);
  const items = journal.decode(page).map(entryOf);
  const last = page.at(-1);
  return all.length > limit && last ? { items, next: last.position } : { items };
};

const entryOf = ({ id, type, data, ...fact }: Fact): HistoryEntry => ({
  fact: id,
  type,
  ...(typeof data.event === 'string' && { event: data.event }),
  occurredAt: fact.occurredAt,
  recordedAt: fact.recordedAt,
  position: fact.position,
  delivery: fact.causationId,
});
