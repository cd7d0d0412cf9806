import type { Leases, LeaseState } from '#libs/ports/documents';

import type { Log } from '../logs/log.js';
import { systemTimers, type Timers } from './timers.js';

export interface LeaseTimes {
  readonly ttlMs: number;
  readonly renewMs: number;
  /** How often one who waits looks whether the lease is free. */
  readonly standbyMs: number;
}

/** A holder that dies is followed after at most ttl + standby: 11 s. */
export const leaseTimes: LeaseTimes = { ttlMs: 9_000, renewMs: 3_000, standbyMs: 2_000 };

export interface UnderLease {
  readonly name: string;
  /** One name per process, new with each start. */
  readonly holder: string;
  readonly leases: Leases;
  readonly log: Log;
  readonly timers?: Timers;
  readonly times?: LeaseTimes;
}

/** Stops when its signal is aborted; what it still writes after that is fenced where it lands. */
export type LeasedWork = (term: number, signal: AbortSignal) => Promise<void>;

/**
 * Does `work` as the only one: waits for the lease, keeps it, begins again when it was lost. Ends when
 * the work ends by itself or the signal is aborted, and throws what the work throws.
 */
export const underLease = async (
  options: UnderLease,
  signal: AbortSignal,
  work: LeasedWork,
): Promise<void> => {
  const { timers = systemTimers, times = leaseTimes, log, name } = options;
  while (!signal.aborted) {
    const asked = timers.now();
    const lease = await acquire(options);
    if (!lease) {
      await timers.sleep(times.standbyMs, signal);
      continue;
    }
    log.info('lease.held', { lease: name, term: lease.term });
    if (await lead(options, { lease, asked, signal }, work)) return;
    log.warn('lease.lost', { lease: name, term: lease.term });
  }
};

interface Term {
  readonly lease: LeaseState;
  /** When it was asked for: its time runs from then at the latest. */
  readonly asked: number;
  readonly signal: AbortSignal;
}

/** `true` when the work is over, `false` when the lease was lost under it. */
const lead = async (
  options: UnderLease,
  { lease, asked, signal }: Term,
  work: LeasedWork,
): Promise<boolean> => {
  const over = new AbortController();
  const lost = new AbortController();
  const keeping = keepRenewing(options, { lease, asked, signal: over.signal }, lost);
  try {
    await work(lease.term, AbortSignal.any([signal, lost.signal]));
    return !lost.signal.aborted;
  } finally {
    over.abort();
    await keeping;
    if (!lost.signal.aborted) await release(options, lease);
  }
};

const acquire = async ({
  leases,
  name,
  holder,
  log,
  times = leaseTimes,
}: UnderLease): Promise<LeaseState | undefined> => {
  try {
    return await leases.acquire(name, holder, times.ttlMs);
  } catch (error) {
    log.warn('lease.unreachable', { lease: name, error });
    return undefined;
  }
};

/** Leaves it to its time when the store is away. */
const release = async ({ leases, name, holder, log }: UnderLease, { term }: LeaseState) => {
  try {
    await leases.release(name, holder, term);
  } catch (error) {
    log.info('lease.not_released', { lease: name, error });
  }
};

/**
 * Counts from when it last *asked* with success, so that an answer that was long under way cannot make
 * the lease seem younger than the store has it. No answer in time is a loss.
 */
const keepRenewing = async (
  { leases, name, holder, log, timers = systemTimers, times = leaseTimes }: UnderLease,
  { lease: { term }, asked: acquiredAt, signal: over }: Term,
  lost: AbortController,
): Promise<void> => {
  let confirmed = acquiredAt;
  for (;;) {
    await timers.sleep(times.renewMs, over);
    if (over.aborted) return;
    const asked = timers.now();
    const left = confirmed + times.ttlMs - asked;
    const answer = await Promise.race([
      leases.renew(name, holder, term, times.ttlMs).catch((error: unknown) => {
        log.warn('lease.unreachable', { lease: name, term, error });
        return 'unknown' as const;
      }),
      timers.sleep(Math.max(0, left), over).then(() => 'late' as const),
    ]);
    if (over.aborted) return;
    if (answer === true) confirmed = asked;
    else if (answer === false || confirmed + times.ttlMs - timers.now() <= times.renewMs) {
      lost.abort();
      return;
    }
  }
};
