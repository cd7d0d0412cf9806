import { describe, expect, it, jest } from '@jest/globals';

import { startTicker } from './start-ticker.js';

const ignore = (): void => undefined;

/** Work that lasts until it is told to end, and what began and ended of it. */
const longWork = () => {
  const seen: string[] = [];
  let end: (error?: Error) => void = ignore;
  let begun: () => void = ignore;
  const begins = () => new Promise<void>((resolve) => (begun = resolve));
  const tick = async (): Promise<void> => {
    seen.push('begun');
    const ended = new Promise<void>((resolve, reject) => {
      end = (error) => (error ? reject(error) : resolve());
    });
    begun();
    await ended;
    seen.push('ended');
  };
  return { seen, tick, begins, end: (error?: Error) => end(error) };
};

describe('startTicker', () => {
  it('stops only when the tick in work has ended', async () => {
    const work = longWork();
    const begins = work.begins();
    const stop = startTicker({ everyMs: 1, tick: work.tick, onError: ignore });
    await begins;
    const stopped = stop().then(() => work.seen.push('stopped'));
    setImmediate(() => work.end());
    await stopped;
    expect(work.seen).toEqual(['begun', 'ended', 'stopped']);
  });

  it('leaves out the ticks that come while one is in work', async () => {
    jest.useFakeTimers();
    const work = longWork();
    const stop = startTicker({ everyMs: 10, tick: work.tick, onError: ignore });
    await jest.advanceTimersByTimeAsync(100);
    expect(work.seen).toEqual(['begun']);
    work.end();
    await jest.advanceTimersByTimeAsync(10);
    expect(work.seen).toEqual(['begun', 'ended', 'begun']);
    work.end();
    await stop();
    jest.useRealTimers();
  });

  it('says what failed, and ticks again', async () => {
    const work = longWork();
    const errors: unknown[] = [];
    let begins = work.begins();
    const stop = startTicker({
      everyMs: 1,
      tick: work.tick,
      onError: (error) => errors.push(error),
    });
    await begins;
    begins = work.begins();
    work.end(new Error('away'));
    await begins;
    work.end();
    await stop();
    expect(errors).toEqual([new Error('away')]);
  });
});
