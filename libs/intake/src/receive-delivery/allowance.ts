/** A token bucket over bytes and pieces: what is over it is refused, not queued. */
export interface Allowance {
  take(bytes: number, now: number): boolean;
}

export interface AllowanceLimits {
  readonly bytesPerSecond: number;
  readonly piecesPerSecond: number;
  /** How many seconds' worth may be used at once. */
  readonly burstSeconds: number;
}

export const createAllowance = (limits: AllowanceLimits): Allowance => {
  const most = {
    bytes: limits.bytesPerSecond * limits.burstSeconds,
    pieces: limits.piecesPerSecond * limits.burstSeconds,
  };
  let { bytes, pieces } = most;
  let last = 0;
  return {
    take(wanted, now) {
      const seconds = Math.max(0, now - last) / 1000;
      last = Math.max(last, now);
      bytes = Math.min(most.bytes, bytes + seconds * limits.bytesPerSecond);
      pieces = Math.min(most.pieces, pieces + seconds * limits.piecesPerSecond);
      if (pieces < 1 || bytes < wanted) return false;
      pieces -= 1;
      bytes -= wanted;
      return true;
    },
  };
};
