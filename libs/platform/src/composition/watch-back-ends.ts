import { asFault } from '#libs/kernel';

import type { Health } from '../health/health.js';
import type { Log } from '../logs/log.js';
import { startTicker } from '../tickers/start-ticker.js';
import type { BackEnd } from './parts.js';

const EACH_MS = 5_000;

/** Asks each back end whether it answers, so that health shows it before somebody needs it. */
export const watchBackEnds = (
  backEnds: readonly BackEnd[],
  health: Health,
  log: Log,
): (() => void) => {
  let stopped = false;
  const watched = backEnds.map(({ name, ping }) => {
    let isDown = false;
    const tick = async (): Promise<void> => {
      try {
        await ping();
        health.backend(name, true);
        if (isDown) log.info('backend.back', { backend: name });
        isDown = false;
      } catch (error) {
        // A ping may last as long as a driver's patience. Closing ends it, and that is no news.
        if (stopped) return;
        health.backend(name, false, asFault(error).code);
        if (!isDown) log.warn('backend.away', { backend: name, error });
        isDown = true;
      }
    };
    health.backend(name, true);
    // A ticker each: one that hangs keeps nobody from asking the others.
    return startTicker({ name: `watch-${name}`, everyMs: EACH_MS, tick }, log);
  });
  return () => {
    stopped = true;
    // A ping in work is not waited for: the store that closes ends it.
    for (const { pause } of watched) pause();
  };
};
