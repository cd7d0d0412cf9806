import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { SqliteDatabase, sqliteJobQueue } from '#libs/adapters/sqlite';
import { systemClock } from '#libs/kernel';
import { jobQueueBehaviours, type ClosableJobQueue, type JobQueueHarness } from '#suites/job-queue';

import { HANG_MS } from '../src/peers/hang.js';
import { forgetfulQueue, hastyQueue } from '../src/saboteurs/forgetful-queue.js';

type Wrap = (queue: ClosableJobQueue) => ClosableJobQueue;

/** What is broken is waited for in vain: that long is enough. What is honest has all the time it needs. */
const IN_VAIN_MS = 500;

const harnessOver = (wrap: Wrap, patienceMs: number): JobQueueHarness => {
  const database = new SqliteDatabase(':memory:');
  let queue: ClosableJobQueue | undefined;
  return {
    capabilities: { sharing: 'one process', losing: 'nobody else writes' },
    patienceMs,
    make: async () => {
      await queue?.close();
      queue = sqliteJobQueue({ database, clock: systemClock });
      return wrap(queue);
    },
    makeBeside: async () => sqliteJobQueue({ database, clock: systemClock }),
    settle: () => delay(40),
    restart: async () => undefined,
    lose: () => Promise.reject(new Error('nobody else writes')),
    // A run that a broken behaviour left at its gate never ends; the process does not wait for it.
    dispose: async () => void queue?.close(),
  };
};

const runOver = async (wrap: Wrap, behaviour: string, patienceMs: number) => {
  const harness = harnessOver(wrap, patienceMs);
  try {
    await jobQueueBehaviours[behaviour]?.(harness);
    return 'held';
  } catch {
    return 'broken';
  } finally {
    await harness.dispose();
  }
};

describe('a queue that drops what is enqueued while it runs', () => {
  it.each([
    'runs a key once more that was enqueued while it ran, and never two of it at once',
    'runs a key that was enqueued after its cancelled run',
    'has as many runs at once as the kind says, and no key twice',
  ])('is refused by the suite: %s', async (behaviour) => {
    expect(await runOver((queue) => queue, behaviour, HANG_MS)).toBe('held');
    expect(await runOver(forgetfulQueue, behaviour, IN_VAIN_MS)).toBe('broken');
  });
});

describe('a queue that is done with a job when it starts', () => {
  it.each([
    'runs again what threw, after the back-off of its kind, and counts the attempts',
    'goes on later without using an attempt',
    'aborts a run that is cancelled, and whatever it answers does not count',
    'waits for runs when it is closed, tells them to stop, and keeps their outcome',
    'has as many runs at once as the kind says, and no key twice',
  ])('is refused by the suite: %s', async (behaviour) => {
    expect(await runOver((queue) => queue, behaviour, HANG_MS)).toBe('held');
    expect(await runOver(hastyQueue, behaviour, IN_VAIN_MS)).toBe('broken');
  });
});
