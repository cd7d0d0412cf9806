import { describe, expect, it } from '@jest/globals';

import { watchDisk, type MeasureDisk } from './watch-disk.js';

const GIB = 1024 ** 3;
const NEVER = 3_600_000;

describe('the watch over the disk', () => {
  it('knows from the start, and from each look on, whether the disk is nearly full', async () => {
    let free = 1 * GIB;
    const watch = await watchDisk('data', async () => ({ free, size: 40 * GIB }), NEVER);
    expect(watch.isNearlyFull()).toBe(true);
    free = 3 * GIB;
    expect(await watch.look()).toEqual({ free: 3 * GIB, size: 40 * GIB });
    expect(watch.isNearlyFull()).toBe(false);
    watch.stop();
  });

  it('looks by itself, until it is stopped', async () => {
    let looks = 0;
    const looked = Promise.withResolvers<void>();
    const measure: MeasureDisk = async () => {
      looks += 1;
      if (looks === 3) looked.resolve();
      return { free: 0, size: GIB };
    };
    const watch = await watchDisk('data', measure, 1);
    await looked.promise;
    watch.stop();
    const seen = looks;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(looks).toBe(seen);
  });

  it('refuses nothing where the system does not say what is free', async () => {
    const watch = await watchDisk('data', () => Promise.reject(new Error('no such call')), NEVER);
    expect([watch.isNearlyFull(), await watch.look()]).toEqual([false, undefined]);
    watch.stop();
  });

  it('measures the disk of this very folder', async () => {
    const watch = await watchDisk('.', undefined, NEVER);
    const { free = 0, size = 0 } = (await watch.look()) ?? {};
    expect(free).toBeGreaterThan(0);
    expect(size).toBeGreaterThanOrEqual(free);
    watch.stop();
  });
});
