import type { Commit } from '#libs/ports/event-log';
import { expect, it } from '@jest/globals';

import { forAWhile, inShortTurns } from './chain-walk.js';

const nobodyWaits = () => Promise.resolve();

const commitOf = (first: number, count: number): Commit => ({
  first,
  count,
  era: 1,
  previousHash: new Uint8Array(),
  hash: new Uint8Array(),
  facts: [],
});

/** A chain whose commits all hold so many facts; notes how many were asked for at once. */
const chainOf = (count: number) => {
  const asked: number[] = [];
  return {
    asked,
    commits: async (from: number, limit: number) => {
      asked.push(limit);
      return Array.from({ length: limit }, (_, i) => commitOf(from + i * count, count));
    },
  };
};

it('takes few commits at once where they are large, and as many as it may where they are small', async () => {
  for (const [count, most] of [
    [256, 4],
    [1, 64],
    [5_000, 1],
  ] as const) {
    const chain = chainOf(count);
    const polite = inShortTurns(chain, nobodyWaits);
    for (let i = 0; i < 3; i++) await polite.commits(1, 64);
    expect(chain.asked).toEqual([1, most, most]);
  }
});

it('lets others work before each page', async () => {
  let turns = 0;
  const polite = inShortTurns(chainOf(1), async () => void turns++);
  await polite.commits(1, 64);
  await polite.commits(65, 64);
  expect(turns).toBe(2);
});

it('ends like a chain that ends, when its time is over', async () => {
  let now = 5;
  const short = forAWhile(chainOf(1), 10, () => now);
  expect(await short.commits(1, 2)).toHaveLength(2);
  now = 16;
  expect(await short.commits(1, 2)).toEqual([]);
});
