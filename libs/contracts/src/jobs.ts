import type { Backoff } from '#libs/kernel';

/** Work that is woken by the queue: one handler, in one role. What has to run stands in documents or settings. */
export interface JobKind {
  /** `<verb>-<object>.v<major>`. */
  readonly name: string;
  /** The role that owns the handler. */
  readonly role: string;
  /** Runs at once in one process; never two of one key anywhere. */
  readonly concurrency: number;
  readonly backoff: Backoff;
  /** How often a failure is tried again before the queue lets go; its owner wakes it anew. */
  readonly attempts: number;
}
