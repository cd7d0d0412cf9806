import { describe, expect, it } from '@jest/globals';

import { dataPolicy, keysPolicy, oldestKeysDays, unnamedKeysGoAfterMs } from './policies.js';

describe('the policy of keys', () => {
  it('keeps all of its days', () => {
    expect(keysPolicy({ keysKeepDays: 20, keysLockDays: 0 })).toEqual({ within: '20d' });
  });

  it('lets those that no run names live no longer', () => {
    expect(unnamedKeysGoAfterMs({ keysKeepDays: 20, keysLockDays: 0 })).toBe(1_728_000_000);
  });

  it.each([
    [20, 0, 21],
    [29, 0, 30],
    [20, 9, 30],
    [4, 3, 8],
  ])('of %s days kept and %s locked lets keys live %s days', (keep, lock, days) => {
    expect(oldestKeysDays({ keysKeepDays: keep, keysLockDays: lock })).toBe(days);
  });
});

it('keeps days, weeks and months of everything else', () => {
  expect(dataPolicy({ keepDaily: 7, keepWeekly: 4, keepMonthly: 12 })).toEqual({
    daily: 7,
    weekly: 4,
    monthly: 12,
  });
});
