import { asFault } from '#libs/kernel';

import type { Health } from '../health/health.js';
import type { Log } from '../logs/log.js';
import type { BackEnd } from './parts.js';

const EACH_MS = 5_000;

/** Asks each back end whether it answers, so that health shows it before somebody needs it. */
export const watchBackEnds = (
  backEnds: readonly BackEnd[],
  health: Health,
  log: Log,
): (() => void) => {
  const down = new Set<string>();
  let stopped = false;
  const look = async ({ name, ping }: BackEnd): Promise<void> => {
    try {
      await ping();
      health.backend(name, true);
      if (down.delete(name)) log.info('backend.back', { backend: name });
    } catch (error) {
      // A ping may last as long as a driver's patience. Closing ends it, and that is no news.
      if (stopped) return;
      health.backend(name, false, asFault(error).code);
      if (!down.has(name)) log.warn('backend.away', { backend: name, error });
      down.add(name);
    }
  };
  for (const { name } of backEnds) health.backend(name, true);
  const timer = setInterval(() => backEnds.forEach((backEnd) => void look(backEnd)), EACH_MS);
  timer.unref();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
};
