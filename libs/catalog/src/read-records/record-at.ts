import type { Journal } from '#libs/journal';
import type { JsonObject } from '#libs/kernel';
import { pagesOfStreams, type EventLog } from '#libs/ports/event-log';

import type { KindName } from '../kinds/index.js';
import { streamsOfLives } from '../kinds/lives.js';
import { fold, type RecordState } from '../merge/record-state.js';
import { foldableChanges } from '../project-records/said-by-erased.js';
import type { MayRead } from './readers.js';
import { shownRecord } from './shown-record.js';

interface RecordAtParts {
  readonly log: Pick<EventLog, 'stream'>;
  readonly journal: Pick<Journal, 'open'>;
}

/** Which record, and when (ms). */
export interface RecordMoment {
  readonly kind: KindName;
  readonly id: string;
  readonly at: number;
  /** How many lives it has had. */
  readonly life?: unknown;
}

/**
 * A record as its own source had it at a time: folded from the facts of its stream up to then, whenever they came in.
 * What only other streams said of it is left out. Costs the record's own history.
 */
export const recordAt = async (
  { log, journal }: RecordAtParts,
  mayRead: MayRead,
  { kind, id, at, life }: RecordMoment,
): Promise<JsonObject | undefined> => {
  let state: RecordState | undefined;
  for await (const page of pagesOfStreams(log, streamsOfLives(kind, id, life))) {
    const facts = await journal.open(page.filter(({ occurredAt }) => occurredAt <= at));
    state = facts
      .flatMap(foldableChanges)
      .filter((change) => change.kind === kind && change.id === id)
      .reduce<RecordState | undefined>(fold, state);
  }
  const body = state as JsonObject | undefined;
  return body && mayRead(kind, body) ? shownRecord(kind, body, mayRead) : undefined;
};
