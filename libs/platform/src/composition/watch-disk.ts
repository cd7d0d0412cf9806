import { isNearlyFull, type DiskSpace } from '#libs/operations';
import { statfs } from 'node:fs/promises';

import { silentLog } from '../logs/log.js';
import { startTicker } from '../tickers/start-ticker.js';

/** Strangers may store some 15 MB between two looks, which is little beside what is left then. */
const LOOK_MS = 5_000;

/** What is free under the data directory, looked at every few seconds. */
export interface DiskWatch {
  /** Now. `undefined` where the system does not say. */
  readonly look: () => Promise<DiskSpace | undefined>;
  /** As the last look found it; costs nothing to ask. */
  readonly isNearlyFull: () => boolean;
  readonly stop: () => void;
}

export type MeasureDisk = (path: string) => Promise<DiskSpace>;

/** What a process without a root's rights may still write counts as free. */
const measured: MeasureDisk = async (path) => {
  const { bavail, blocks, bsize } = await statfs(path);
  return { free: bavail * bsize, size: blocks * bsize };
};

export const watchDisk = async (
  path: string,
  measure: MeasureDisk = measured,
  eachMs: number = LOOK_MS,
): Promise<DiskWatch> => {
  let nearlyFull = false;
  const look = async (): Promise<DiskSpace | undefined> => {
    // A disk that cannot be measured is no reason to refuse anything; its errors show where we write.
    const space = await measure(path).catch(() => undefined);
    nearlyFull = space !== undefined && isNearlyFull(space);
    return space;
  };
  await look();
  const tick = async (): Promise<void> => void (await look());
  // A look never fails, so there is nothing to log.
  const looking = startTicker({ name: 'watch-disk', everyMs: eachMs, tick }, silentLog);
  return { look, isNearlyFull: () => nearlyFull, stop: looking.pause };
};
