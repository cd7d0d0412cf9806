import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { endOfDay } from './end-of-day.js';

const iso = (day: string, zone: string): string | undefined => {
  const end = endOfDay(day, zone);
  return end === undefined ? undefined : new Date(end).toISOString();
};

describe('the end of a day', () => {
  it.each([
    ['2026-11-30', 'UTC', '2026-11-30T23:59:59.999Z'],
    ['2026-11-30', 'Europe/Berlin', '2026-11-30T22:59:59.999Z'],
    ['2026-07-01', 'America/New_York', '2026-07-02T03:59:59.999Z'],
    // Clocks change in the night after it, and on the day itself.
    ['2026-10-24', 'Europe/Berlin', '2026-10-24T21:59:59.999Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T22:59:59.999Z'],
    // They are put forward at midnight: the next day begins at one.
    ['2026-09-05', 'America/Santiago', '2026-09-06T03:59:59.999Z'],
    // They are put back at midnight: the last hour comes twice.
    ['2026-04-04', 'America/Santiago', '2026-04-05T03:59:59.999Z'],
    ['2024-02-29', 'UTC', '2024-02-29T23:59:59.999Z'],
  ])('%s in %s', (day, zone, end) => expect(iso(day, zone)).toBe(end));

  it('is none of what is no day', () => {
    for (const text of ['2026-02-30', '2026-13-01', 'yesterday', '2026-1-1', ''])
      expect(iso(text, 'UTC')).toBeUndefined();
  });

  it('is the last moment that a clock there shows that day', () => {
    const zones = ['Europe/Lisbon', 'Asia/Kathmandu', 'America/Santiago', 'Pacific/Apia'];
    const anyDay = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...zones), (days, timeZone) => {
        const day = new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
        const shown = (at: number): string =>
          new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
        const end = endOfDay(day, timeZone) ?? 0;
        // A day that a zone left out has no moment at all.
        if (day !== '2011-12-30') expect(shown(end)).toBe(day);
        expect(shown(end + 1) > day).toBe(true);
      }),
    );
  });
});
