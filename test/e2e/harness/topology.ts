import type { Parts } from '#libs/platform';

import type { Answered } from './senders.js';

/**
 * How a process that is started is to die of kill -9: at a named point, or so long after it was started. `aheadMs`: its clock
 * is ahead of the test's, as if its machine had been off for so long.
 */
export type Fate = { readonly at?: string; readonly afterMs?: number; readonly aheadMs?: number };

/** Where the platform runs: the same scenarios hold on each. */
export interface Topology {
  readonly name: string;
  /** The door's address while it is up. */
  readonly door: string | undefined;
  readonly token: string;
  start(fate?: Fate): Promise<void>;
  /** kill -9, of one process at random where there are several. */
  kill(): Promise<void>;
  /** Settles when a process that was started with a kill point is dead. */
  died(): Promise<void>;
  stop(): Promise<number | null | undefined>;
  /** Waits until all that was answered is in the records. */
  drained(answered: readonly Answered[]): Promise<void>;
  inspect<T>(look: (parts: Parts) => Promise<T>): Promise<T>;
  dispose(): void | Promise<void>;
}
