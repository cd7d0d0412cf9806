import { systemTimers } from './timers.js';
import { underLease, type UnderLease } from './under-lease.js';

/** Does one step, and answers how long to wait for the next one (ms). */
export type LeadingStep = (signal: AbortSignal) => Promise<number>;

/** Repeats a step in the one process that holds the lease, until the signal is aborted. It throws what a step throws. */
export const whileLeading = (
  lease: UnderLease,
  signal: AbortSignal,
  step: LeadingStep,
): Promise<void> => {
  const { timers = systemTimers } = lease;
  return underLease(lease, signal, async (_term, held) => {
    while (!held.aborted) await timers.sleep(await step(held), held);
  });
};
