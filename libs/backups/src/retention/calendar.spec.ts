import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { daysOf, isoWeekOf, lengthOfMonth } from './calendar.js';

const DAY = 86_400_000;

describe('the calendar', () => {
  it('counts days as Date does, where Date can', () => {
    const instants = fc.integer({ min: Date.UTC(100, 0), max: Date.UTC(9999, 11) });
    fc.assert(
      fc.property(instants, (instant) => {
        const at = new Date(instant);
        const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
        expect(daysOf({ year, month, day })).toBe(Math.floor(instant / DAY));
        expect(lengthOfMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
      }),
    );
  });

  it('counts on where a month or a day is outside its range', () => {
    expect(daysOf({ year: 2026, month: 6, day: 31 })).toBe(
      daysOf({ year: 2026, month: 7, day: 1 }),
    );
    expect(daysOf({ year: 2026, month: -1, day: 0 })).toBe(
      daysOf({ year: 2025, month: 10, day: 31 }),
    );
    expect(daysOf({ year: 0, month: 0, day: 1 })).toBe(daysOf({ year: -1, month: 12, day: 1 }));
  });

  it.each([
    ['2026-1-1', 2026, 1],
    ['2027-1-3', 2026, 53],
    ['2024-12-30', 2025, 1],
    ['2021-1-3', 2020, 53],
    ['2016-1-3', 2015, 53],
    ['1-1-1', 1, 1],
    ['0-1-1', -1, 52],
  ])('puts %s into a week of the year %s, number %s', (date, ofYear, week) => {
    const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
    expect(isoWeekOf({ year, month, day })).toEqual({ year: ofYear, week });
  });
});
