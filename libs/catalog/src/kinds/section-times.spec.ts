import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { instantOf, knownZone, spokenDate, spokenTime } from './section-times.js';

const zones = ['Europe/Lisbon', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'];

describe('a time in what search reads', () => {
  it('is what a clock at that place shows', () => {
    expect(spokenTime(Date.UTC(2026, 8, 14, 9, 12), 'Europe/Lisbon')).toBe(
      'Monday 14 September 2026, 10:12',
    );
    expect(spokenTime(Date.UTC(2026, 0, 1, 1), 'America/New_York')).toBe(
      'Wednesday 31 December 2025, 20:00',
    );
  });

  it('is right on both sides of the night when clocks change', () => {
    const said = (hour: number, minute: number) =>
      spokenTime(Date.UTC(2026, 2, 29, hour, minute), 'Europe/Berlin')?.slice(-5);
    expect([said(0, 59), said(1, 0)]).toEqual(['01:59', '03:00']);
  });

  it('agrees with the runtime at any time and place', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
        fc.constantFrom(...zones),
        (date, timeZone) => {
          const clock = new Intl.DateTimeFormat('en-GB', {
            ...{ hour: '2-digit', hourCycle: 'h23', minute: '2-digit', timeZone },
          });
          expect(spokenTime(date.getTime(), timeZone)?.slice(-5)).toBe(clock.format(date));
        },
      ),
    );
  });

  it('is not there where there is none', () => {
    expect(spokenTime(undefined, 'UTC')).toBeUndefined();
    expect(spokenTime(Number.MAX_SAFE_INTEGER, 'UTC')).toBeUndefined();
    expect(instantOf('some day', '15:00', 'UTC')).toBeUndefined();
  });

  it('is found again from its day and hour, where no clock was changed meanwhile', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.constantFrom(...zones),
        (day, timeZone) => {
          const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
          const at = instantOf(date, '15:00', timeZone);
          expect(spokenTime(at, timeZone)).toBe(`${spokenDate(date) ?? ''}, 15:00`);
        },
      ),
    );
  });
});

describe('the time zone of a record', () => {
  it('is its own, else that of the company, else UTC', () => {
    expect(knownZone('Asia/Tokyo', 'Europe/Lisbon')).toBe('Asia/Tokyo');
    expect(knownZone('Nowhere/At_All', 'Europe/Lisbon')).toBe('Europe/Lisbon');
    expect(knownZone('', 'Nowhere/At_All')).toBe('UTC');
  });
});
