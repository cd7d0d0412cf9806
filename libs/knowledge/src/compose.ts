import type { ReadUnits } from '#libs/catalog';
import type { Clock, Hash } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import type { SearchIndex } from '#libs/ports/search-index';

import { createIndexPointer, type IndexPointerParts } from './generations/index-pointer.js';
import { indexRecords, type IndexRecordsParts } from './index-records/index-records.js';
import { createParkedUnits } from './index-records/parked-units.js';
import { examineIndex } from './keep-index/examine-index.js';
import { keepIndex } from './keep-index/keep-index.js';
import { sweepIndex } from './keep-index/sweep-index.js';
import { createIndexRebuilds } from './rebuild-index/index-rebuilds.js';
import { rebuildIndex } from './rebuild-index/rebuild-index.js';
import { createBusyLive } from './want-records/busy-live.js';
import { indexWanted } from './want-records/index-wanted.js';
import { takeSignals, type OnIndexed } from './want-records/take-signals.js';
import { createWantedRecords } from './want-records/wanted-records.js';

/** What any process can have of knowledge: no index is needed. */
export interface IndexDeskParts extends Pick<IndexPointerParts, 'makeKey' | 'versions'> {
  readonly documents: Documents;
  readonly clock: Clock;
}

export interface KnowledgeParts
  extends
    IndexDeskParts,
    Pick<
      IndexRecordsParts,
      'analyserFor' | 'excludedKinds' | 'letOthersWork' | 'render' | 'versions'
    > {
  readonly units: ReadUnits;
  readonly index: SearchIndex;
  readonly hash: Hash;
  readonly onIndexed: OnIndexed;
  /** Of the company: where a record says no other. */
  readonly timeZone: string;
}

/** What is asked for, what waits and what is parked: for who shows it and is no indexer. */
export const composeIndexDesk = (parts: IndexDeskParts) => {
  const pointer = createIndexPointer(parts);
  const parked = createParkedUnits(parts);
  const wanted = createWantedRecords(parts);
  return {
    pointer,
    parked,
    wanted,
    rebuilds: createIndexRebuilds(parts),
    examineIndex: examineIndex({ ...parts, pointer, parked, wanted }),
  };
};

/** Every use case of knowledge. Composing does no I/O, starts nothing and reads no clock. */
export const composeKnowledge = (parts: KnowledgeParts) => {
  const desk = composeIndexDesk(parts);
  const indexing = indexRecords({ ...parts, ...desk });
  const working = { ...parts, ...desk, indexing, live: createBusyLive() };
  const setting = JSON.stringify([[...parts.excludedKinds].sort(), parts.timeZone]);
  return {
    ...desk,
    indexRecord: indexing.indexRecord,
    indexRecords: indexing.indexRecords,
    takeSignals: takeSignals(working),
    indexWanted: indexWanted(working),
    keepIndex: keepIndex({
      ...working,
      rebuild: rebuildIndex(working),
      sweep: sweepIndex({ ...working, setting }),
    }),
  };
};

export type IndexDesk = ReturnType<typeof composeIndexDesk>;
export type Knowledge = ReturnType<typeof composeKnowledge>;
