import { describe, expect, it } from '@jest/globals';

import { fault, type Code } from '#libs/kernel';

import { jobFate } from './job-outcome.js';

const kind = { attempts: 3, backoff: { first: 1_000, most: 8_000 } };
const fate = (code: Code, attempt = 1, retryAfterMs?: number) =>
  jobFate(fault(code, retryAfterMs === undefined ? {} : { retryAfterMs }), attempt, kind, () => 1);

describe('what becomes of a run that failed', () => {
  it('is that it waits, without using an attempt, while something is away or set up wrongly', () => {
    for (const code of ['BUS_UNAVAILABLE', 'MASTER_KEY_WRONG'] as const)
      expect(fate(code, 99)).toEqual({
        act: 'paused',
        outcome: { outcome: 'later', afterMs: 8_000 },
      });
  });

  it('is that it is tried again after the back-off, until its attempts are used up', () => {
    expect(fate('DEFECT_UNKNOWN', 1)).toEqual({
      act: 'again',
      outcome: { outcome: 'again', afterMs: 1_000 },
    });
    expect(fate('API_NOT_FOUND', 2).outcome).toEqual({ outcome: 'again', afterMs: 2_000 });
    expect(fate('DEFECT_UNKNOWN', 3)).toEqual({ act: 'gave_up', outcome: { outcome: 'done' } });
  });

  it('is that it is tried at once where somebody else was quicker', () => {
    expect(fate('LOG_VERSION_CONFLICT', 1).outcome).toEqual({ outcome: 'again', afterMs: 0 });
    expect(fate('LOG_VERSION_CONFLICT', 3).act).toBe('gave_up');
  });

  it('is that it is given up at once where trying again cannot help', () => {
    expect(fate('FACT_DATA_INVALID', 1).act).toBe('gave_up');
  });

  it('is that it waits as long as the other side said', () => {
    expect(fate('BUS_UNAVAILABLE', 1, 60_000).outcome).toEqual({
      ...{ outcome: 'later', afterMs: 60_000 },
    });
  });
});
