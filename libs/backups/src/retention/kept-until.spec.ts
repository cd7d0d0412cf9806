import { describe, expect, it } from '@jest/globals';

import { dataKeptUntil, keysKeptUntil } from './kept-until.js';

const now = Date.UTC(2026, 11, 1, 12);
const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

describe('how long old backups keep what is deleted now', () => {
  it('is as long as the longest of the rules keeps a backup of today', () => {
    const rules = { keepDaily: 7, keepWeekly: 4, keepMonthly: 12 };
    expect(day(dataKeptUntil(now, rules))).toBe('2027-12-09');
    expect(day(dataKeptUntil(now, { ...rules, keepMonthly: 0 }))).toBe('2026-12-30');
    expect(day(dataKeptUntil(now, { ...rules, keepMonthly: 0, keepWeekly: 0 }))).toBe('2026-12-09');
  });

  it('is of keys as long as they are kept, and then as long as their bucket is locked', () => {
    expect(day(keysKeptUntil(now, { keysKeepDays: 20, keysLockDays: 0 }))).toBe('2026-12-22');
    expect(day(keysKeptUntil(now, { keysKeepDays: 20, keysLockDays: 9 }))).toBe('2026-12-31');
  });
});
