import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { silentLog, type Log, type LogFields } from '../logs/log.js';
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

/** A log that keeps what it is told, by event. */
const keptLog = () => {
  const lines: [string, LogFields | undefined][] = [];
  const keep = (event: string, fields?: LogFields): void => void lines.push([event, fields]);
  const log: Log = { ...silentLog, info: keep, warn: keep };
  return { lines, log };
};

describe('startTicker', () => {
  afterEach(() => void jest.useRealTimers());

  it('stops only when the tick in work has ended', async () => {
    const work = longWork();
    const begins = work.begins();
    const ticker = startTicker({ name: 'work', everyMs: 1, tick: work.tick }, silentLog);
    await begins;
    const stopped = ticker.stop().then(() => work.seen.push('stopped'));
    setImmediate(() => work.end());
    await stopped;
    expect(work.seen).toEqual(['begun', 'ended', 'stopped']);
  });

  it('leaves out the ticks that come while one is in work', async () => {
    jest.useFakeTimers();
    const work = longWork();
    const ticker = startTicker({ name: 'work', everyMs: 10, tick: work.tick }, silentLog);
    await jest.advanceTimersByTimeAsync(100);
    expect(work.seen).toEqual(['begun']);
    work.end();
    await jest.advanceTimersByTimeAsync(10);
    expect(work.seen).toEqual(['begun', 'ended', 'begun']);
    work.end();
    await ticker.stop();
  });

  it('ticks at once where it is told to, and no more once it is paused', async () => {
    jest.useFakeTimers();
    let ticks = 0;
    const tick = async () => void ticks++;
    const late = startTicker({ name: 'late', everyMs: 10, tick }, silentLog);
    expect(ticks).toBe(0);
    late.pause();
    const soon = startTicker({ name: 'soon', everyMs: 10, atOnce: true, tick }, silentLog);
    expect(ticks).toBe(1);
    await jest.advanceTimersByTimeAsync(20);
    expect(ticks).toBe(3);
    soon.pause();
    await jest.advanceTimersByTimeAsync(100);
    expect(ticks).toBe(3);
  });

  it('says once that it began to fail, and once that it works again', async () => {
    jest.useFakeTimers();
    const error = new Error('away');
    const outcomes = [error, error, error, undefined, undefined, error, undefined];
    const { lines, log } = keptLog();
    const tick = async () => {
      const outcome = outcomes.shift();
      if (outcome) throw outcome;
    };
    const ticker = startTicker({ name: 'work', everyMs: 10, tick }, log);
    await jest.advanceTimersByTimeAsync(100);
    await ticker.stop();
    const failed = ['ticker.failed', { ticker: 'work', error }];
    const recovered = ['ticker.recovered', { ticker: 'work' }];
    expect(lines).toEqual([failed, recovered, failed, recovered]);
  });
});
