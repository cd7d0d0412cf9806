import type { Journal } from '#libs/journal';
import type { Clock, Id } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import type { EventLog } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

import type { Mentions } from './erasure-plan.js';

/** What other contexts know about a person. */
export interface ErasureSearch {
  /** Deliveries that yielded any of these facts, also where another had stored the fact first. */
  readonly deliveriesYielding: (facts: ReadonlySet<Id>) => Promise<readonly Id[]>;
  /** Looks into what nobody could read or prove. */
  readonly mentioning: (words: readonly string[]) => Promise<Mentions>;
  /** A delivery's raw bytes; nothing where nobody can open them. */
  readonly rawOf: (delivery: Id) => Promise<Uint8Array | undefined>;
  /**
   * Makes the search index say what these records (`kind/id`) say now, and overwrites the bytes of what it said.
   * Missing: another process holds the index, and follows by itself within seconds.
   */
  readonly reindex?: ((records: readonly string[]) => Promise<void>) | undefined;
}

export interface ErasureParts extends ErasureSearch {
  readonly log: EventLog;
  readonly journal: Journal;
  readonly keys: Keys;
  readonly documents: Documents;
  readonly clock: Clock;
}
