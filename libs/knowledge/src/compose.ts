import type { ReadUnits } from '#libs/catalog';
import type { Clock } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import type { SearchIndex } from '#libs/ports/search-index';

import { createIndexPointer, type IndexPointerParts } from './generations/index-pointer.js';
import { indexRecords, type IndexRecordsParts } from './index-records/index-records.js';
import { createParkedUnits } from './index-records/parked-units.js';
import { createBusyLive } from './want-records/busy-live.js';
import { indexWanted } from './want-records/index-wanted.js';
import { takeSignals, type OnIndexed } from './want-records/take-signals.js';
import { createWantedRecords } from './want-records/wanted-records.js';

export interface KnowledgeParts
  extends
    Pick<IndexPointerParts, 'makeKey'>,
    Pick<
      IndexRecordsParts,
      'analyserFor' | 'excludedKinds' | 'hash' | 'letOthersWork' | 'render' | 'versions'
    > {
  readonly units: ReadUnits;
  readonly index: SearchIndex;
  readonly documents: Documents;
  readonly clock: Clock;
  readonly onIndexed: OnIndexed;
}

/** Every use case of knowledge. Composing does no I/O, starts nothing and reads no clock. */
export const composeKnowledge = (parts: KnowledgeParts) => {
  const pointer = createIndexPointer(parts);
  const parked = createParkedUnits(parts);
  const wanted = createWantedRecords(parts);
  const live = createBusyLive();
  const indexing = indexRecords({ ...parts, pointer, parked });
  const working = { ...parts, wanted, live, indexing };
  return {
    pointer,
    parked,
    wanted,
    ...indexing,
    takeSignals: takeSignals(working),
    indexWanted: indexWanted(working),
  };
};

export type Knowledge = ReturnType<typeof composeKnowledge>;
