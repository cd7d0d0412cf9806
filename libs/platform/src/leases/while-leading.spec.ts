import { describe, expect, it } from '@jest/globals';

import { silentLog } from '../logs/log.js';
import { whileLeading } from './while-leading.js';

const lease = (sleeps: number[]) => ({
  name: 'a lease',
  holder: 'us',
  log: silentLog,
  leases: {
    acquire: (name: string, holder: string) =>
      Promise.resolve({ name, holder, term: 1, expiresInMs: 9_000 }),
    renew: () => Promise.resolve(true),
    release: () => Promise.resolve(),
    list: () => Promise.resolve([]),
  },
  timers: {
    now: () => 0,
    sleep: (ms: number, signal?: AbortSignal) =>
      ms < 1_000
        ? Promise.resolve(void sleeps.push(ms))
        : new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve())),
  },
});

describe('a step that is repeated under a lease', () => {
  it('waits as long as each step says, and ends with the signal', async () => {
    const sleeps: number[] = [];
    const stop = new AbortController();
    let steps = 0;
    await whileLeading(lease(sleeps), stop.signal, () => {
      steps += 1;
      if (steps === 3) stop.abort();
      return Promise.resolve(steps * 10);
    });
    expect(sleeps).toEqual([10, 20, 30]);
  });

  it('throws what a step throws', async () => {
    const failing = whileLeading(lease([]), new AbortController().signal, () =>
      Promise.reject(new Error('no')),
    );
    await expect(failing).rejects.toThrow('no');
  });
});
