/** Longer than anything takes on the slowest machine, and shorter than Jest waits: so a hang is named. */
export const HANG_MS = 240_000;
