import { afterEach, describe, expect, it } from '@jest/globals';

import { sharedBudget, type BudgetLimit, type SharedBudgetOptions } from '#libs/adapters/outbound';
import { fault } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';

const perMinute: BudgetLimit = { tokens: 50, perMs: 60_000, burst: 10 };
const perSecond: BudgetLimit = { tokens: 5, perMs: 1_000, burst: 3 };

const opened: EmbeddedParts[] = [];
afterEach(async () => {
  for (const parts of opened.splice(0)) await parts.close();
});

const world = async () => {
  const parts = await openEmbedded();
  opened.push(parts);
  const { clock } = parts;
  const spent: number[] = [];
  let swaps = 0;
  const counted: Documents = {
    ...parts.documents,
    get: (...args) => parts.documents.get(...args),
    swap: (...args) => {
      swaps++;
      return parts.documents.swap(...args);
    },
  };
  /** Each replica waits on the clock they share: nothing else moves it. */
  const replica = (over: Partial<SharedBudgetOptions> = {}) =>
    sharedBudget({
      name: 'aircall/main',
      limits: [perMinute],
      documents: counted,
      clock,
      random: () => 0.5,
      sleep: async (ms) => clock.pass(ms),
      patienceMs: 3_600_000,
      ...over,
    });
  const spend = async (budget: ReturnType<typeof replica>): Promise<void> => {
    await budget.spend();
    spent.push(clock.now());
  };
  return { clock, replica, spend, spent, swaps: () => swaps };
};

const mostWithin = (ms: number, times: readonly number[]): number =>
  Math.max(...times.map((from) => times.filter((t) => t >= from && t < from + ms).length));

describe('a shared budget', () => {
  it('lets a burst pass, then as many as its limit, however many ask', async () => {
    const { clock, replica, spend, spent } = await world();
    const began = clock.now();
    const replicas = [replica(), replica(), replica()];
    for (let i = 0; i < 300; i++) await spend(replicas[i % 3] ?? replica());
    expect(mostWithin(60_000, spent)).toBeLessThanOrEqual(60);
    expect(clock.now() - began).toBeGreaterThanOrEqual((290 / 50) * 60_000);
    expect(clock.now() - began).toBeLessThanOrEqual((340 / 50) * 60_000);
  });

  it('holds each of several limits', async () => {
    const { replica, spend, spent } = await world();
    const one = replica({ limits: [perSecond, perMinute], slice: 1 });
    for (let i = 0; i < 120; i++) await spend(one);
    expect(mostWithin(1_000, spent)).toBeLessThanOrEqual(8);
    expect(mostWithin(60_000, spent)).toBeLessThanOrEqual(60);
  });

  it('holds for those who ask at the same time', async () => {
    const { replica, spend, spent } = await world();
    const replicas = [replica(), replica()];
    await Promise.all(Array.from({ length: 80 }, (_, i) => spend(replicas[i % 2] ?? replica())));
    expect(spent).toHaveLength(80);
    expect(mostWithin(60_000, spent)).toBeLessThanOrEqual(60);
  });

  it('writes once for a slice, not for each request', async () => {
    const { replica, spend, swaps } = await world();
    const one = replica({ limits: [{ tokens: 1000, perMs: 1_000, burst: 1000 }], slice: 50 });
    for (let i = 0; i < 500; i++) await spend(one);
    expect(swaps()).toBe(10);
  });

  it('gives up what was not spent of a slice in its time', async () => {
    const { clock, replica, spend, swaps } = await world();
    const one = replica({ limits: [perMinute], slice: 5, sliceMs: 1_000 });
    await spend(one);
    clock.pass(1_000);
    await spend(one);
    expect(swaps()).toBe(2);
  });

  it('stops everybody when one was told to wait', async () => {
    const { clock, replica } = await world();
    const [one, two] = [replica(), replica({ patienceMs: 1_000 })];
    await one.pause(45_000);
    await expect(two.spend()).rejects.toMatchObject({
      code: 'OUTBOUND_THROTTLED',
      retryAfterMs: 45_000,
    });
    await one.pause(10);
    clock.pass(44_999);
    await expect(two.spend()).resolves.toBeUndefined();
  });

  it('throws a wait that is too long, with its length, and takes nothing', async () => {
    const { clock, replica } = await world();
    const one = replica({
      limits: [{ tokens: 1, perMs: 3_600_000, burst: 1 }],
      patienceMs: 60_000,
    });
    await one.spend();
    await expect(one.spend()).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
    clock.pass(3_599_000);
    await expect(one.spend()).resolves.toBeUndefined();
  });

  it('survives a replica whose clock is wrong: others wait, nobody exceeds', async () => {
    const { clock, replica, spend, spent } = await world();
    const ahead = replica({ clock: { now: () => clock.now() + 30_000 } });
    const right = replica();
    for (let i = 0; i < 60; i++) await spend(i % 2 ? ahead : right);
    expect(mostWithin(60_000, spent)).toBeLessThanOrEqual(60);
  });

  it.each([
    ['ahead in 2036', Date.UTC(2036, 0, 1)],
    ['behind in 1970', 0],
  ])('is what it was once a clock is right again that was %s', async (_, wrong) => {
    const { clock, replica } = await world();
    const right = clock.now();
    const one = replica({ slice: 1, patienceMs: 1_000 });
    clock.pass(wrong - right);
    for (let i = 0; i < perMinute.burst; i++) await one.spend();
    await one.pause(30_000);
    clock.pass(right - wrong);
    await one.spend().catch(() => undefined);
    clock.pass(30_000);
    await expect(one.spend()).resolves.toBeUndefined();
  });

  it('lets nothing pass while it cannot be read', async () => {
    const { replica } = await world();
    const away = {
      get: () => Promise.reject(fault('DOCUMENTS_UNAVAILABLE')),
    } as unknown as Documents;
    const one = replica({ documents: away });
    await expect(one.spend()).rejects.toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
    await expect(one.spend()).rejects.toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
  });
});
