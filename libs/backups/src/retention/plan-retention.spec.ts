import { describe, expect, it } from '@jest/globals';

import type { KeepPolicy } from './keep-policy.js';
import { planRetention } from './plan-retention.js';

const NOW = Date.UTC(2026, 10, 21);

/** Each time is an id, too. */
const planOf = (times: readonly string[], policy: KeepPolicy, tags: readonly string[] = []) =>
  planRetention(
    times.map((time) => ({ id: time, time, tags })),
    policy,
    NOW,
  );
const keptOf = (times: readonly string[], policy: KeepPolicy): readonly string[] =>
  planOf(times, policy).keep.map(({ id }) => id);
const reasonsOf = (times: readonly string[], policy: KeepPolicy): readonly string[] =>
  planOf(times, policy).keep.map(({ id, reasons }) => `${id} ${reasons.join(', ')}`);

describe('retention', () => {
  it('keeps the newest of each day, and the oldest of all while a day is left over', () => {
    const times = ['2026-11-19T01:00:00Z', '2026-11-19T02:00:00Z', '2026-11-18T02:00:00Z'];
    expect(reasonsOf([...times, '2026-11-18T01:00:00Z'], { daily: 3 })).toEqual([
      '2026-11-19T02:00:00Z daily snapshot',
      '2026-11-18T02:00:00Z daily snapshot',
      '2026-11-18T01:00:00Z oldest daily snapshot',
    ]);
  });

  it('cuts days by the offset of each snapshot', () => {
    const times = ['2026-11-19T23:30:00-05:00', '2026-11-19T22:00:00-05:00'];
    expect(keptOf([...times, '2026-11-20T02:00:00Z'], { daily: 1 })).toEqual([
      '2026-11-19T23:30:00-05:00',
    ]);
    expect(keptOf(times, { daily: -1 })).toEqual(times);
  });

  it('gives a week to the year of its Thursday', () => {
    const times = ['2027-01-03T00:00:00Z', '2026-12-28T00:00:00Z', '2026-12-27T00:00:00Z'];
    expect(keptOf(times, { weekly: 2 })).toEqual([times[0], times[2]]);
  });

  it('orders by nanoseconds, and leaves equal times in the order of the list', () => {
    const close = ['2026-11-19T00:00:00.000000001Z', '2026-11-19T00:00:00.000000002Z'];
    expect(keptOf(close, { last: 2 })).toEqual(close.toReversed());
    const equal = ['2026-11-19T01:00:00+01:00', '2026-11-19T00:00:00Z'];
    expect(keptOf(equal, { last: 2 })).toEqual(equal);
    expect(keptOf(equal.toReversed(), { last: 2 })).toEqual(equal.toReversed());
  });

  it('counts months back by the calendar: the 31st of February is the third of March', () => {
    const newest = '2026-03-31T12:00:00Z';
    const times = [newest, '2026-03-03T12:00:01Z', '2026-03-03T12:00:00Z'];
    expect(keptOf(times, { within: '1m' })).toEqual(times.slice(0, 2));
    expect(planOf(times, { within: '1m' }).keep[1]?.reasons).toEqual(['within 1m']);
  });

  it('counts nothing back from a snapshot of the future, and keeps that one', () => {
    const times = ['2030-01-01T00:00:00Z', '2026-11-20T00:00:00Z', '2026-11-10T00:00:00Z'];
    expect(keptOf(times, { within: '2d' })).toEqual(times.slice(0, 2));
  });

  it('ends a duration before the moment it reaches', () => {
    const times = ['2026-11-20T00:00:00Z', '2026-11-18T00:00:00Z'];
    expect(keptOf(times, { withinDaily: '2d' })).toEqual([times[0]]);
    expect(keptOf(times, { within: '2d' })).toEqual([times[0]]);
    expect(keptOf(times, { withinDaily: '2d1h' })).toEqual(times);
  });

  it('counts back from the year 1 where nothing is later, as restic does', () => {
    expect(keptOf(['0000-06-01T00:00:00Z'], { within: '1m' })).toEqual([]);
    expect(keptOf(['0000-12-02T00:00:00Z'], { within: '1m' })).toHaveLength(1);
  });

  it('keeps what has all tags of one list', () => {
    const policy = { tags: [['a', 'b'], ['c']] };
    const [time] = ['2026-11-20T00:00:00Z'];
    expect(planOf([time], policy, ['b', 'a', 'c']).keep[0]?.reasons).toEqual([
      'has tags [a, b]',
      'has tags [c]',
    ]);
    expect(planOf([time], policy, ['a']).keep).toEqual([]);
  });

  it.each<KeepPolicy>([{}, { daily: 0 }, { within: '0h' }, { tags: [] }])(
    'refuses a policy that says nothing: %j',
    (policy) => {
      expect(() => planOf(['2026-11-20T00:00:00Z'], policy)).toThrow(
        expect.objectContaining({ code: 'BACKUP_RETENTION_EMPTY' }),
      );
    },
  );

  it.each<KeepPolicy>([{ daily: -2 }, { daily: 0.5 }, { daily: NaN }, { within: '7w' }])(
    'removes nothing by a policy that is not understood: %j',
    (policy) => {
      expect(() => planOf(['2026-11-20T00:00:00Z'], policy)).toThrow();
    },
  );

  it('removes nothing from a list with a time that is none', () => {
    expect(() => planOf(['2026-11-20T24:00:00Z'], { last: 1 })).toThrow();
  });
});
