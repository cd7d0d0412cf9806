import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { SqliteDatabase, sqliteBus } from '#libs/adapters/sqlite';
import { systemClock } from '#libs/kernel';
import { busBehaviours, type BusHarness, type ClosableBus } from '#suites/bus';

import { HANG_MS } from '../src/peers/hang.js';
import { earlyAckBus } from '../src/saboteurs/early-ack-bus.js';

type Wrap = (bus: ClosableBus) => ClosableBus;

/** What is broken is waited for in vain: that long is enough. What is honest has all the time it needs. */
const IN_VAIN_MS = 400;

const harnessOver = (wrap: Wrap, patienceMs: number): BusHarness => {
  const database = new SqliteDatabase(':memory:');
  let bus: ClosableBus | undefined;
  const make = async () => {
    await bus?.close();
    const opened = sqliteBus({ database, clock: systemClock });
    bus = opened;
    return wrap(opened);
  };
  return {
    capabilities: { durable: true, backlog: true, sharing: 'one process' },
    patienceMs,
    make,
    makeBeside: async () => sqliteBus({ database, clock: systemClock }),
    settle: () => delay(30),
    restart: async () => undefined,
    dispose: async () => {
      await bus?.close();
      await database.close();
    },
  };
};

const runOver = async (wrap: Wrap, behaviour: string, patienceMs: number) => {
  const harness = harnessOver(wrap, patienceMs);
  try {
    await busBehaviours[behaviour]?.(harness);
    return 'held';
  } catch {
    return 'broken';
  } finally {
    await harness.dispose();
  }
};

describe('a bus that acknowledges before its handler ends', () => {
  it.each([
    'delivers all of a batch again after its handler throws',
    'counts the attempts of a message',
    'gives each message of a batch its own outcome',
    'takes an outcome that the handler did not give as a failure',
    'holds a message without using an attempt, and pauses until it is resumed',
    'keeps what it holds when it is closed',
    'waits for work in hand when it is closed, and keeps its outcome',
    'closes its consumptions with itself, and refuses to be used afterwards',
    'has as many batches in work as it was told, and no message in two of them',
  ])('is refused by the suite: %s', async (behaviour) => {
    expect(await runOver((bus) => bus, behaviour, HANG_MS)).toBe('held');
    expect(await runOver(earlyAckBus, behaviour, IN_VAIN_MS)).toBe('broken');
  });
});
