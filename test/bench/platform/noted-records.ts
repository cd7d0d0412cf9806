import type { Parts } from '#libs/platform';

import { callOfRecordId } from '../load/bodies.js';
import { monotonicMs } from './messages.js';

/** Notes when the record of each call is durable. */
export class NotedRecords {
  #times: number[] = [];
  count = 0;

  constructor(private readonly onCount: (before: number, now: number) => void) {}

  /** In pairs: which call, and when. Forgets them. */
  take(): readonly number[] {
    const times = this.#times;
    this.#times = [];
    return times;
  }

  in({ documents }: Parts): Parts['documents'] {
    return {
      get: (...args) => documents.get(...args),
      query: (...args) => documents.query(...args),
      swap: (...args) => documents.swap(...args),
      remove: (...args) => documents.remove(...args),
      drop: (...args) => documents.drop(...args),
      put: async (collection, puts) => {
        const outcomes = await documents.put(collection, puts);
        if (collection.name.startsWith('records_call_')) this.#note(puts.map(({ id }) => id));
        return outcomes;
      },
    };
  }

  #note(ids: readonly string[]): void {
    const at = monotonicMs();
    for (const id of ids) this.#times.push(callOfRecordId(id), at);
    const before = this.count;
    this.count += ids.length;
    this.onCount(before, this.count);
  }
}
