import { describe, expect, it } from '@jest/globals';

import { localDate } from './local-date.js';

describe('local dates', () => {
  it.each(['2026-09-14', '2028-02-29', '1999-12-31'])('takes %s as it is', (date) => {
    expect(localDate(date)).toBe(date);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-9-1',
    '14.09.2026',
    '2026-09-14T00:00:00Z',
    '',
    20260914,
  ])('finds no day in %p', (value) => {
    expect(localDate(value)).toBeUndefined();
  });
});
