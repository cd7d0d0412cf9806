import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { SweepClock } from '../src/composition/sweep-clock.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TEN_YEARS = 3650 * DAY;

describe('the clock of sweeps', () => {
  let parts: EmbeddedParts;
  let watch: number;
  let sweeps: SweepClock;

  const start = (): SweepClock => new SweepClock({ ...parts, stopwatch: () => watch });
  /** Time goes on: the clock and the stopwatch. */
  const pass = (ms: number): void => {
    parts.clock.pass(ms);
    watch += ms;
  };

  beforeEach(async () => {
    parts = await openEmbedded();
    watch = 0;
    sweeps = start();
    expect(await sweeps.isTrusted()).toBe(true);
  });
  afterEach(() => parts.close());

  it('is trusted while it goes with the stopwatch, also over a short stop', async () => {
    for (let day = 0; day < 3; day++) {
      pass(DAY);
      expect(await sweeps.isTrusted()).toBe(true);
    }
    parts.clock.pass(20 * HOUR);
    expect(await start().isTrusted()).toBe(true);
  });

  it('is not trusted when it jumps ahead, and is again once it is put right', async () => {
    parts.clock.pass(TEN_YEARS);
    expect(await sweeps.isTrusted()).toBe(false);
    pass(HOUR);
    expect(await sweeps.isTrusted()).toBe(false);
    parts.clock.pass(-TEN_YEARS);
    expect(await sweeps.isTrusted()).toBe(true);
    parts.clock.pass(TEN_YEARS);
    expect(await sweeps.isTrusted()).toBe(false);
  });

  it('is not trusted at the start of the next process either', async () => {
    parts.clock.pass(TEN_YEARS);
    expect(await start().isTrusted()).toBe(false);
    expect(await start().isTrusted()).toBe(false);
  });

  it('is trusted after a long stop once it was steady for two hours', async () => {
    parts.clock.pass(7 * DAY);
    const next = start();
    expect(await next.isTrusted()).toBe(false);
    pass(2 * HOUR - 1);
    expect(await next.isTrusted()).toBe(false);
    pass(1);
    expect(await next.isTrusted()).toBe(true);
  });

  it('begins the two hours again where it jumps once more', async () => {
    parts.clock.pass(TEN_YEARS);
    expect(await sweeps.isTrusted()).toBe(false);
    pass(HOUR);
    parts.clock.pass(TEN_YEARS);
    expect(await sweeps.isTrusted()).toBe(false);
    pass(HOUR);
    expect(await sweeps.isTrusted()).toBe(false);
  });
});
