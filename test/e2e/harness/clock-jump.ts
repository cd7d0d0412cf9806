/** Longer than a server of a backup may say nothing, and shorter than it may take to call. */
export const CLOCK_JUMP_MS = 131_000;
