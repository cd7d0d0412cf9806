import type { Leases, LeaseState } from '#libs/ports/documents';
import { fault } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import { silentLog } from '../logs/log.js';
import { butWith, dyingAfterAcquire, FakeLeases, FakeTimers } from '../testing/fakes.js';
import { underLease, type UnderLease } from './under-lease.js';

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve());
  });

const rig = () => {
  const timers = new FakeTimers();
  const leases = new FakeLeases(timers);
  const options = (holder: string, over: Partial<UnderLease> = {}): UnderLease => ({
    name: 'canary',
    holder,
    leases,
    timers,
    log: silentLog,
    ...over,
  });
  const work: string[] = [];
  const lead = (holder: string, stop: AbortSignal, over: Partial<UnderLease> = {}) =>
    underLease(options(holder, over), stop, async (term, signal) => {
      work.push(`${holder} begins ${term} at ${timers.now()}`);
      await untilAborted(signal);
      work.push(`${holder} ends at ${timers.now()}`);
    });
  return { timers, leases, options, lead, work };
};

describe('underLease', () => {
  it('lets one work at a time, and the next at once after a release', async () => {
    const { timers, lead, work } = rig();
    const [first, second] = [new AbortController(), new AbortController()];
    const runs = [lead('a', first.signal), lead('b', second.signal)];
    await timers.advance(30_000);
    expect(work).toEqual(['a begins 1 at 0']);
    first.abort();
    await timers.advance(2_000);
    expect(work.slice(1)).toEqual(['a ends at 30000', 'b begins 2 at 32000']);
    second.abort();
    await timers.advance(0);
    await Promise.all(runs);
  });

  it('is followed within 15 s when the holder dies without a word', async () => {
    const { timers, leases, lead, work } = rig();
    void lead('a', new AbortController().signal, { leases: dyingAfterAcquire(leases) });
    await timers.advance(0);
    const stop = new AbortController();
    const second = lead('b', stop.signal);
    await timers.advance(15_000);
    expect(work.find((line) => line.startsWith('b'))).toMatch(
      /^b begins 2 at (\d{4}|1[0-1]\d{3})$/,
    );
    stop.abort();
    await timers.advance(0);
    await second;
  });

  it('stops its own work before anyone else may begin, when the store does not answer', async () => {
    const { timers, leases, lead, work } = rig();
    const stop = new AbortController();
    const cut = butWith(leases, {
      renew: () => new Promise<boolean>(() => undefined),
    });
    void lead('a', stop.signal, { leases: cut });
    await timers.advance(9_000);
    expect(work).toContain('a ends at 9000');
    stop.abort();
  });

  it('counts its time from when it last asked with success', async () => {
    const { timers, leases, lead, work } = rig();
    const stop = new AbortController();
    let renewals = 0;
    const falling = butWith(leases, {
      renew: (...args) =>
        ++renewals <= 2 ? leases.renew(...args) : new Promise<boolean>(() => undefined),
    });
    void lead('a', stop.signal, { leases: falling });
    await timers.advance(14_999);
    expect(work).toEqual(['a begins 1 at 0']);
    await timers.advance(1);
    expect(work).toContain('a ends at 15000');
    stop.abort();
  });

  it('bears a store that is away for a moment', async () => {
    const { timers, leases, lead, work } = rig();
    const stop = new AbortController();
    let away = true;
    const shaky = butWith(leases, {
      renew: (...args: Parameters<Leases['renew']>) =>
        away ? Promise.reject(fault('DOCUMENTS_UNAVAILABLE')) : leases.renew(...args),
    });
    const run = lead('a', stop.signal, { leases: shaky });
    await timers.advance(4_000);
    away = false;
    await timers.advance(20_000);
    expect(work).toEqual(['a begins 1 at 0']);
    stop.abort();
    await timers.advance(0);
    await run;
  });

  it('stops at once when the store says that the lease is another’s, and comes back with a new term', async () => {
    const { timers, leases, lead, work } = rig();
    const stop = new AbortController();
    const run = lead('a', stop.signal);
    await timers.advance(0);
    leases.steal('canary');
    await timers.advance(3_000);
    expect(work).toEqual(['a begins 1 at 0', 'a ends at 3000']);
    await timers.advance(12_000);
    expect(work.at(-1)).toMatch(/^a begins 3 at/);
    stop.abort();
    await timers.advance(0);
    await run;
  });

  it('waits while the store cannot be reached at all, and throws what its work throws', async () => {
    const { timers, leases, options } = rig();
    let calls = 0;
    const late = butWith(leases, {
      acquire: (...args: Parameters<Leases['acquire']>): Promise<LeaseState | undefined> =>
        ++calls < 3 ? Promise.reject(fault('DOCUMENTS_UNAVAILABLE')) : leases.acquire(...args),
    });
    const run = underLease(options('a', { leases: late }), new AbortController().signal, () =>
      Promise.reject(new TypeError('mine')),
    ).catch((error: unknown) => error);
    await timers.advance(5_000);
    expect(await run).toBeInstanceOf(TypeError);
    expect(await leases.list()).toEqual([]);
  });
});
