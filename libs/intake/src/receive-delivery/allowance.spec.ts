import { createAllowance } from '../index.js';
import { expect, it } from '@jest/globals';

const SOME_TIME = 1_789_377_124_000;
const allowance = () =>
  createAllowance({ bytesPerSecond: 100, piecesPerSecond: 2, burstSeconds: 3 });

/** How many of so many equal pieces it lets through at one moment. */
const taken = (of: ReturnType<typeof allowance>, bytes: number, now: number, most = 20): number =>
  Array.from({ length: most }, () => of.take(bytes, now)).filter(Boolean).length;

it('lets through a burst of pieces at once, and no more', () => {
  expect(taken(allowance(), 1, SOME_TIME)).toBe(6);
});

it('lets through a burst of bytes at once, in as many pieces as they come', () => {
  expect(taken(allowance(), 100, SOME_TIME)).toBe(3);
  expect(allowance().take(300, SOME_TIME)).toBe(true);
});

it('never lets through what is larger than a burst, and spends nothing on refusing it', () => {
  const all = allowance();
  for (let i = 0; i < 20; i++) expect(all.take(301, SOME_TIME + i * 60_000)).toBe(false);
  expect(taken(all, 50, SOME_TIME)).toBe(6);
});

it('fills as time passes: pieces and bytes at their own pace', () => {
  const pieces = allowance();
  taken(pieces, 1, SOME_TIME);
  expect(pieces.take(1, SOME_TIME + 499)).toBe(false);
  expect(taken(pieces, 1, SOME_TIME + 1000)).toBe(2);
  const bytes = allowance();
  taken(bytes, 100, SOME_TIME);
  expect(taken(bytes, 100, SOME_TIME + 999)).toBe(0);
  expect(taken(bytes, 100, SOME_TIME + 1000)).toBe(1);
});

it('never fills beyond one burst, however long nothing came', () => {
  const all = allowance();
  taken(all, 1, SOME_TIME);
  expect(taken(all, 1, SOME_TIME + 86_400_000)).toBe(6);
});

it('gains nothing from a clock that goes back and forth', () => {
  const all = allowance();
  taken(all, 1, SOME_TIME);
  for (let i = 0; i < 10; i++) {
    expect(all.take(1, SOME_TIME - 3_600_000)).toBe(false);
    expect(all.take(1, SOME_TIME)).toBe(false);
  }
});
