import type { JsonObject } from '#libs/kernel';
import type { Fence } from '#libs/ports/documents';

import type { KindName } from '../kinds/index.js';

export interface RecordInUnit {
  readonly kind: KindName;
  readonly id: string;
  readonly state: JsonObject;
  readonly fence: Fence;
}

/**
 * What is searched as a whole: one record, or a thread: the record that others say they are part of, and these, oldest
 * first.
 */
export interface RecordUnit {
  /** `kind/id` of the record, or of the one that the thread is. That one may be missing: its messages may come first. */
  readonly unit: string;
  readonly kind: KindName;
  /** Of the records. */
  readonly generation: number;
  /** The newest among its records. */
  readonly fence: Fence;
  /** None: nobody finds any of it any more. */
  readonly records: readonly RecordInUnit[];
}
