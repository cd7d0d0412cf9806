import type { Allowance } from '../receive-delivery/allowance.js';

/**
 * Why something of a stranger was not kept. It came too fast, the quarantine is full, one piece is too large, or the
 * disk is nearly full and its rest is for providers.
 */
export type DropReason = 'rate' | 'cap' | 'size' | 'disk';

/** What a process lets into its quarantine beyond the cap. */
export interface QuarantineGuard {
  /** True while the disk under the stores is nearly full; where nothing of ours lies on a disk, never. */
  readonly isDiskNearlyFull: () => boolean;
  /** Called with what was not kept. */
  readonly onDropped: (reason: DropReason, count: number) => void;
}

/** The allowance of a door that also spares the disk, and tells what it does not let through. */
export const guardedAllowance = (
  allowance: Allowance,
  { isDiskNearlyFull, onDropped }: QuarantineGuard,
): Allowance => ({
  take(bytes, now) {
    const reason = isDiskNearlyFull() ? 'disk' : allowance.take(bytes, now) ? undefined : 'rate';
    if (reason !== undefined) onDropped(reason, 1);
    return reason === undefined;
  },
});
