import { describe, expect, it } from '@jest/globals';

import { scheduledBackup } from './schedule.js';

const berlin = { hour: 2, minute: 30, timeZone: 'Europe/Berlin' };
const at = (iso: string) => scheduledBackup(berlin, Date.parse(iso));

describe('the run that is due by the schedule', () => {
  it('is that of the day before until its time has come', () => {
    expect(at('2026-09-16T00:29:59Z')).toBeUndefined();
    expect(at('2026-09-16T00:30:00Z')).toMatchObject({ key: 'schedule/2026-09-16', kind: 'daily' });
    expect(at('2026-09-15T20:29:59Z')).toMatchObject({ key: 'schedule/2026-09-15', kind: 'daily' });
  });

  it('is weekly on a Sunday and monthly on the first, by the calendar of the place', () => {
    expect(at('2026-09-13T00:30:00Z')?.kind).toBe('weekly');
    expect(at('2026-09-30T22:29:00Z')).toBeUndefined();
    expect(at('2026-10-01T00:30:00Z')?.kind).toBe('monthly');
    // A Sunday that is the first.
    expect(at('2026-11-01T01:30:00Z')?.kind).toBe('monthly');
  });

  it('is left to the next one when it was missed for twenty hours', () => {
    expect(at('2026-09-16T20:29:00Z')?.key).toBe('schedule/2026-09-16');
    expect(at('2026-09-16T20:30:00Z')).toBeUndefined();
  });

  it('comes in the night in which its hour is left out', () => {
    expect(at('2026-03-29T00:59:59Z')).toBeUndefined();
    expect(at('2026-03-29T01:00:00Z')?.key).toBe('schedule/2026-03-29');
  });

  it('is one in the night in which its hour comes twice', () => {
    const keys = new Set<string | undefined>();
    for (
      let now = Date.parse('2026-10-25T00:30:00Z');
      now < Date.parse('2026-10-25T12:00:00Z');
      now += 60_000
    )
      keys.add(scheduledBackup(berlin, now)?.key);
    expect([...keys]).toEqual(['schedule/2026-10-25']);
  });

  it('is due on each day of a year once, in any zone', () => {
    for (const timeZone of ['Pacific/Auckland', 'America/New_York']) {
      const keys = new Set<string>();
      const from = Date.UTC(2027, 0, 3);
      for (let hour = 0; hour < 365 * 24; hour += 3) {
        const due = scheduledBackup({ hour: 2, minute: 0, timeZone }, from + hour * 3600_000);
        if (due) keys.add(due.key);
      }
      expect(keys.size).toBeGreaterThanOrEqual(365);
      expect(keys.size).toBeLessThanOrEqual(366);
    }
  });
});
