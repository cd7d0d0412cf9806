import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { Health } from '../health/health.js';
import { silentLog } from '../logs/log.js';
import { watchBackEnds } from './watch-back-ends.js';

const EACH_MS = 5_000;

describe('the back ends of a process', () => {
  let health: Health;
  let said: string[];
  let stop: () => void;

  const watch = (ping: () => Promise<void>): void => {
    const say = (event: string): void => void said.push(event);
    const backEnds = [
      { name: 'one', ping },
      { name: 'another', ping: async () => undefined },
    ];
    stop = watchBackEnds(backEnds, health, { ...silentLog, info: say, warn: say });
  };
  const readyOf = (name: string) => health.report().parts.find((part) => part.name === name)?.ready;
  const pass = (times: number) => jest.advanceTimersByTimeAsync(times * EACH_MS);

  beforeEach(() => {
    jest.useFakeTimers();
    health = new Health();
    said = [];
  });
  afterEach(() => {
    stop();
    jest.useRealTimers();
  });

  it('are said to be away once, and once to be back', async () => {
    let isAway = true;
    watch(async () => {
      if (isAway) throw new Error('away');
    });
    await pass(3);
    expect([readyOf('one'), readyOf('another'), said]).toEqual([false, true, ['backend.away']]);
    isAway = false;
    await pass(2);
    expect([readyOf('one'), said]).toEqual([true, ['backend.away', 'backend.back']]);
  });

  it('are not asked again while one asking lasts', async () => {
    let asked = 0;
    watch(() => {
      asked++;
      return new Promise(() => undefined);
    });
    await pass(4);
    expect(asked).toBe(1);
  });

  it('are no news when they fail because we stop', async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    watch(() => promise);
    await pass(1);
    stop();
    reject(new Error('closed'));
    await pass(2);
    expect([readyOf('one'), said]).toEqual([true, []]);
  });
});
