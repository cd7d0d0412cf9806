import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Snapshot } from '#libs/ports/snapshot-repository';

import { chooseRestore, type ChosenRestore, type RestorePlan } from './choose-restore.js';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 1);

interface Saved {
  readonly run: string;
  readonly source: string;
  readonly hour: number;
  readonly environment?: string;
}

let ids = 0;
const snapshot = ({ run, source, hour, environment = 'local' }: Saved): Snapshot => ({
  id: String(++ids).padStart(64, '0'),
  time: new Date(T0 + hour * HOUR).toISOString(),
  host: `innkeeper-${environment}`,
  paths: [`/exports/${source}`],
  tags: ['innkeeper', `source:${source}`, 'kind:daily', `run:${run}`],
});

const data = (run: string, hour: number, ...others: string[]): Snapshot[] =>
  ['innkeeper', ...others].map((source) => snapshot({ run, source, hour }));
const keys = (run: string, hour: number): Snapshot => snapshot({ run, source: 'keys', hour });

const planOf = (answer: ChosenRestore): RestorePlan => {
  if (!answer.chosen) throw new Error(`refused: ${answer.refusal.why}`);
  return answer.plan;
};

const three = {
  data: [...data('one', 0, 'chat'), ...data('two', 24, 'chat'), ...data('three', 48, 'chat')],
  keys: [keys('one', 1), keys('two', 25), keys('three', 49)],
};

describe('what a restore takes', () => {
  it('is the newest complete set with the newest keys', () => {
    const { set, keys: taken } = planOf(chooseRestore(three, {}));
    expect(set).toMatchObject({ run: 'three', environment: 'local' });
    expect(set.sources.map(({ source }) => source)).toEqual(['innkeeper', 'chat']);
    expect(taken?.id).toBe(three.keys[2]?.id);
  });

  it('is an older set with the newest keys all the same', () => {
    for (const wish of [{ until: T0 + 30 * HOUR }, { run: 'two' }, { run: 'tw' }]) {
      const plan = planOf(chooseRestore(three, wish));
      expect([plan.set.run, plan.keys?.id]).toEqual(['two', three.keys[2]?.id]);
    }
  });

  it('passes a run over that died before its keys were saved, and says so', () => {
    const lists = { ...three, keys: three.keys.slice(0, 2) };
    const plan = planOf(chooseRestore(lists, {}));
    expect(plan.set.run).toBe('two');
    expect(plan.passedOver).toMatchObject([{ run: 'three', why: { lack: 'keys_since' } }]);
    expect(planOf(chooseRestore(lists, { run: 'three' }))).toMatchObject({
      set: { run: 'three' },
      lack: { lack: 'keys_since' },
    });
  });

  it('passes a run over that lacks what those before and after it have', () => {
    const lists = {
      data: [...data('one', 0, 'chat'), ...data('two', 24), ...data('three', 48, 'chat')],
      keys: [keys('one', 1), keys('three', 49)],
    };
    const plan = planOf(chooseRestore(lists, { until: T0 + 30 * HOUR }));
    expect(plan.set.run).toBe('one');
    expect(plan.passedOver).toMatchObject([
      { run: 'two', why: { lack: 'sources', sources: ['chat'] } },
    ]);
  });

  it('takes a set whose keys are no longer kept', () => {
    const lists = { ...three, keys: three.keys.slice(2) };
    expect(planOf(chooseRestore(lists, { run: 'one' })).lack).toBeUndefined();
  });

  it('takes data without keys where there are none', () => {
    expect(planOf(chooseRestore({ data: three.data, keys: [] }, {}))).toMatchObject({
      set: { run: 'three' },
    });
    expect(planOf(chooseRestore({ data: three.data }, {})).keys).toBeUndefined();
  });

  it('takes what a run saved last where it saved a source twice', () => {
    const again = snapshot({ run: 'three', source: 'innkeeper', hour: 48.5 });
    const { set } = planOf(chooseRestore({ ...three, data: [again, ...three.data] }, {}));
    expect(set.sources.find(({ source }) => source === 'innkeeper')?.id).toBe(again.id);
  });

  it('leaves snapshots of others alone, and those whose tags lie', () => {
    const [one] = data('x', 90);
    const strange: Snapshot[] = [
      { ...three.data[0]!, tags: [], id: 'a' },
      { ...three.data[0]!, host: 'laptop', id: 'b' },
      { ...one!, tags: ['innkeeper', 'source:../../etc', 'run:x'] },
      { ...one!, tags: ['innkeeper', 'source:innkeeper', 'run:\u001b[2J'] },
      { ...keys('x', 90) },
    ];
    const plan = planOf(chooseRestore({ ...three, data: [...strange, ...three.data] }, {}));
    expect(plan).toMatchObject({ foreign: 5, set: { run: 'three' } });
  });
});

describe('what a restore refuses', () => {
  const whyOf = (...asked: Parameters<typeof chooseRestore>) => {
    const answer = chooseRestore(...asked);
    return answer.chosen ? 'nothing' : answer.refusal;
  };

  it('says what there is instead', () => {
    const staging = snapshot({ run: 's', source: 'innkeeper', hour: 1, environment: 'staging' });
    const both = { ...three, data: [...three.data, staging] };
    expect(whyOf({ data: [], keys: [] }, {})).toMatchObject({ why: 'no_backups' });
    expect(whyOf(three, { environment: 'production' })).toEqual({
      ...{ why: 'other_environment', environments: ['local'] },
    });
    expect(whyOf(both, {})).toMatchObject({ environments: ['local', 'staging'] });
    expect(whyOf(both, { environment: 'staging' })).toBe('nothing');
    expect(whyOf(three, { run: 'four' })).toEqual({ why: 'no_such_run' });
    expect(whyOf(three, { run: 't' })).toEqual({ why: 'several_runs', runs: ['two', 'three'] });
    expect(whyOf(three, { until: T0 - 1 })).toEqual({ why: 'none_so_early', oldest: T0 });
    expect(whyOf(three, { source: 'mail' })).toEqual({
      ...{ why: 'no_such_source', sources: ['chat', 'innkeeper'] },
    });
  });
});

const anySaved = fc.record({
  run: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  source: fc.constantFrom('innkeeper', 'chat', 'files', 'keys'),
  hour: fc.integer({ min: 0, max: 200 }),
  environment: fc.constantFrom('local', 'staging'),
});
const anyLists = fc.array(anySaved, { maxLength: 30 }).map((all) => ({
  data: all.filter(({ source }) => source !== 'keys').map(snapshot),
  keys: all.filter(({ source }) => source === 'keys').map(snapshot),
}));
const anyUntil = fc.option(fc.integer({ min: 0, max: 220 }), { nil: undefined });

describe('of any lists', () => {
  it('takes one run of one environment, nothing too new, and the newest keys there are', () => {
    fc.assert(
      fc.property(anyLists, anyUntil, (lists, hour) => {
        const until = hour === undefined ? undefined : T0 + hour * HOUR;
        const answer = chooseRestore(lists, {
          environment: 'local',
          ...(until !== undefined && { until }),
        });
        if (!answer.chosen) return;
        const { keys: taken, passedOver, set } = answer.plan;
        const known = new Map([...lists.data, ...lists.keys].map((each) => [each.id, each]));
        for (const { id } of set.sources)
          expect(known.get(id)).toMatchObject({ host: 'innkeeper-local' });
        for (const { id } of set.sources) expect(known.get(id)?.tags).toContain(`run:${set.run}`);
        if (until !== undefined) expect(set.savedAt).toBeLessThanOrEqual(until);
        const times = lists.keys
          .filter(({ host }) => host === 'innkeeper-local')
          .map(({ time }) => Date.parse(time));
        expect(taken?.savedAt).toBe(times.length === 0 ? undefined : Math.max(...times));
        for (const passed of passedOver) expect(passed.savedAt).toBeGreaterThanOrEqual(set.savedAt);
      }),
    );
  });

  it('does not depend on their order', () => {
    fc.assert(
      fc.property(anyLists, (lists) => {
        const turned = { data: [...lists.data].reverse(), keys: [...lists.keys].reverse() };
        const runOf = (answer: ChosenRestore) =>
          answer.chosen ? answer.plan.set.savedAt : answer.refusal.why;
        const wish = { environment: 'local' };
        expect(runOf(chooseRestore(turned, wish))).toEqual(runOf(chooseRestore(lists, wish)));
      }),
    );
  });
});
