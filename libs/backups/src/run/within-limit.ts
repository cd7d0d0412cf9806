import { asFault, fault } from '#libs/kernel';

import { MINUTE_MS } from './run-work.js';

/** Work that was told to stop has so long; then it is left alone. */
const STOPS_WITHIN_MS = MINUTE_MS;

export interface LimitedWork<T> {
  readonly limitMs: number;
  /** Who stops it gives the reason that is thrown. */
  readonly stopping: AbortSignal;
  /** Ends early, and well, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly work: (signal: AbortSignal) => Promise<T>;
}

/** As long as it takes, and no longer than its limit: then it throws `BACKUP_CUT_OFF`. */
export const withinLimit = async <T>({
  limitMs,
  stopping,
  sleep,
  work,
}: LimitedWork<T>): Promise<T> => {
  const [over, timeUp] = [new AbortController(), new AbortController()];
  const signal = AbortSignal.any([timeUp.signal, stopping]);
  const stopped = async (): Promise<never> => {
    await sleep(limitMs, AbortSignal.any([over.signal, signal]));
    if (!signal.aborted && !over.signal.aborted) timeUp.abort(fault('BACKUP_CUT_OFF'));
    await sleep(STOPS_WITHIN_MS, over.signal);
    throw asFault(signal.reason);
  };
  const leaving = stopped();
  leaving.catch(() => undefined);
  try {
    return await Promise.race([work(signal), leaving]);
  } catch (thrown) {
    timeUp.signal.throwIfAborted();
    throw thrown;
  } finally {
    over.abort();
  }
};
