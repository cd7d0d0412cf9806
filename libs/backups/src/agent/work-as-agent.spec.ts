import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { fault } from '#libs/kernel';

import { AgentWorld, HOUR_MS, type ReportFate } from '../../test/agent-world.js';
import type { AgentReport } from './agent-report.js';

let world: AgentWorld;
beforeEach(() => {
  world = new AgentWorld();
});

const stepsIn = (report: AgentReport | undefined) => report?.ended.map(({ step }) => step);
const MINUTE_MS = 60_000;

describe('a server of a run', () => {
  it('fetches, saves, checks and proves, and ends when it was heard', async () => {
    expect(await world.work()).toBe('heard');
    expect(world.known).toMatchObject({ run: 'a-run', server: 'server', doing: 'done' });
    expect(stepsIn(world.known)).toEqual(['save', 'check', 'drill']);
    const [save, check, drill] = world.known?.ended ?? [];
    expect(save?.note.sources).toMatchObject([
      { name: 'innkeeper', files: 2, savedPaths: ['/scratch/exports/innkeeper'] },
      { name: 'keys', files: 2, savedPaths: ['/scratch/exports/keys'] },
    ]);
    expect(check?.note).toEqual({});
    expect(drill?.note.drill).toMatchObject({ of: 'a-run', verdict: 'good' });
    expect(world.left).toEqual([]);
    expect(world.data.locks + world.keys.locks).toBe(0);
  });

  it('saves what the run would have saved itself', async () => {
    await world.work();
    const [saved] = await world.data.list({ signal: new AbortController().signal });
    expect(saved).toMatchObject({ host: 'innkeeper-test', id: expect.anything() });
    expect(saved?.tags).toEqual(
      expect.arrayContaining(['source:innkeeper', 'run:a-run', 'kind:manual']),
    );
  });

  it('counts by the clock of who ordered it, however wrong its own is', async () => {
    await world.work();
    const [save] = world.known?.ended ?? [];
    // Both copies took half a minute each.
    expect(save?.startedAt).toBe(1_800_000_000_000 + MINUTE_MS);
  });

  it('says each time everything that it said before', async () => {
    await world.work();
    const reports = world.sent.map(({ report }) => report);
    expect(reports.map(({ number }) => number)).toEqual(reports.map((_, at) => at + 1));
    for (const [at, report] of reports.slice(1).entries())
      expect(report.ended).toEqual(expect.arrayContaining([...(reports[at]?.ended ?? [])]));
  });

  it('speaks every twenty seconds though nothing happens, and at most every two', async () => {
    world.proofMs = 10 * MINUTE_MS;
    await world.work();
    const gaps = world.sent.slice(1).map(({ at }, before) => at - (world.sent[before]?.at ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(22_000);
    // The last word waits for nothing.
    expect(Math.min(...gaps.slice(0, -1))).toBeGreaterThanOrEqual(2_000);
    expect(world.sent.length).toBeGreaterThan(30);
  });

  it('fetches nothing where it only proves', async () => {
    const order = await world.order(HOUR_MS, ['drill']);
    await world.work(order);
    expect(world.pulled).toEqual([]);
    expect(stepsIn(world.known)).toEqual(['drill']);
  });
});

describe('a server of a run that waits', () => {
  it('proves nothing before the snapshots were thinned out', async () => {
    world.answer = ({ number }) =>
      number < 60 ? { next: 'wait', upTo: 'check' } : { next: 'work', upTo: 'drill' };
    expect(await world.work()).toBe('heard');
    const waits = world.sent.filter(({ report }) => report.doing === 'wait');
    expect(waits.length).toBeGreaterThan(10);
    expect(stepsIn(waits[0]?.report)).toEqual(['save', 'check']);
    expect(stepsIn(world.known)).toEqual(['save', 'check', 'drill']);
  });

  it('begins nothing that home does not want yet', async () => {
    world.answer = () => ({ next: 'wait' });
    expect(await world.work(await world.order(HOUR_MS))).toBe('heard');
    expect(world.sent.at(-1)?.report.error).toMatchObject({ code: 'BACKUP_SERVER_OVERDUE' });
  });

  it('goes on after ten minutes when nobody answers', async () => {
    world.fate = () => 'is_lost';
    expect(await world.work()).toBe('left');
    expect(stepsIn(world.known)).toEqual(['save', 'check', 'drill']);
    const [, check, drill] = world.known?.ended ?? [];
    const waited = (drill?.startedAt ?? 0) - (check?.endedAt ?? 0);
    expect(waited).toBe(10 * MINUTE_MS);
  });
});

describe('a server of a run that nobody hears', () => {
  it('leaves its last report where the backups are', async () => {
    world.fate = () => 'is_lost';
    expect(await world.work()).toBe('left');
    expect(world.heard).toBeUndefined();
    expect(world.left).toHaveLength(1);
    expect(world.left[0]).toMatchObject({ doing: 'done', run: 'a-run' });
  });

  it('leaves it where only the end is not heard', async () => {
    const away = (report: AgentReport) => report.doing === 'done';
    world.answer = (report) => {
      if (away(report)) throw fault('BACKUP_DESK_UNREACHABLE');
      return { next: 'work' };
    };
    expect(await world.work()).toBe('left');
    expect(stepsIn(world.left[0])).toEqual(['save', 'check', 'drill']);
  });

  it('keeps calling until it was heard or its time is over, where nothing can be left', async () => {
    [world.mayLeave, world.fate] = [false, () => 'is_lost'];
    expect(await world.work(await world.order(HOUR_MS))).toBe('unheard');
    expect(world.time.now()).toBe(HOUR_MS);
  });

  it('is heard when home comes back after everything was done', async () => {
    world.mayLeave = false;
    world.fate = () => (world.time.now() > 40 * MINUTE_MS ? 'arrives' : 'is_lost');
    expect(await world.work()).toBe('heard');
    expect(stepsIn(world.heard)).toEqual(['save', 'check', 'drill']);
  });
});

describe('a server of a run that is not needed', () => {
  it('stops in the middle of its work, and leaves nothing', async () => {
    world.answer = ({ number }) => ({ next: number < 5 ? 'work' : 'leave' });
    expect(await world.work()).toBe('dismissed');
    expect(world.time.now()).toBeLessThan(MINUTE_MS);
    expect(world.left).toEqual([]);
    expect(world.data.calls).not.toContain('save');
  });

  it('stops when home does not know it any more', async () => {
    world.answer = ({ number }) => {
      if (number > 4) throw fault('BACKUP_AGENT_REFUSED');
      return { next: 'work' };
    };
    expect(await world.work()).toBe('dismissed');
    expect(world.left).toEqual([]);
  });

  it('ends without a word when its program must', async () => {
    world.answer = ({ number }) => {
      if (number === 5) world.stop.abort();
      return { next: 'work' };
    };
    expect(await world.work()).toBe('stopped');
    expect(world.sent).toHaveLength(5);
    expect(world.left).toEqual([]);
  });
});

describe('a server of a run whose work fails', () => {
  it('tries again what may pass', async () => {
    world.pullTroubles = [fault('BACKUP_EXPORT_ELSEWHERE'), fault('BACKUP_DESK_UNREACHABLE')];
    world.data.failNext('save', 'BACKUP_REPOSITORY_LOCKED');
    expect(await world.work()).toBe('heard');
    expect(world.known?.error).toBeUndefined();
    expect(world.pulled).toEqual(['innkeeper', 'innkeeper', 'innkeeper', 'keys']);
    expect(await world.data.list({ signal: new AbortController().signal })).toHaveLength(1);
  });

  it('takes the snapshot whose answer was lost', async () => {
    world.data.loseNextAnswer('save');
    await world.work();
    expect(stepsIn(world.known)).toEqual(['save', 'check', 'drill']);
    expect(await world.data.list({ signal: new AbortController().signal })).toHaveLength(1);
  });

  it.each([
    ['at once what stays so', 'BACKUP_ACCESS_DENIED', 1],
    ['at once that its disk is full', 'BACKUP_SCRATCH_FULL', 1],
    ['after seven times what may pass', 'BACKUP_REPOSITORY_UNREACHABLE', 7],
  ] as const)('says %s', async (_when, code, attempts) => {
    for (let at = 0; at < 10; at++) world.data.failNext('list', code);
    expect(await world.work()).toBe('heard');
    expect(world.known?.error).toMatchObject({ at: 'save', code });
    expect(world.data.calls.filter((call) => call === 'list')).toHaveLength(attempts);
  });

  it('says what was found before it failed', async () => {
    world.answer = ({ doing }) => {
      if (doing === 'pull') world.data.vault.damage = [{ code: 'PACK_MISSING', detail: 'abc' }];
      return { next: 'work' };
    };
    await world.work();
    expect(world.known?.error).toMatchObject({
      ...{ at: 'check', code: 'BACKUP_REPOSITORY_DAMAGED' },
      note: { warnings: [{ code: 'PACK_MISSING', step: 'check' }] },
    });
    expect(stepsIn(world.known)).toEqual(['save']);
  });

  it('says that its time was over, and says it in its time', async () => {
    world.proofMs = 10 * HOUR_MS;
    expect(await world.work(await world.order(HOUR_MS))).toBe('heard');
    expect(world.known?.error).toEqual({ at: 'drill', code: 'BACKUP_SERVER_OVERDUE' });
    expect(stepsIn(world.known)).toEqual(['save', 'check']);
    expect(world.time.now()).toBeLessThan(HOUR_MS);
  });

  it('says what kept it, not that its time was over', async () => {
    world.pullTroubles = Array.from({ length: 20 }, () => fault('BACKUP_EXPORT_ELSEWHERE'));
    await world.work(await world.order(10 * MINUTE_MS));
    expect(world.known?.error).toEqual({ at: 'pull', code: 'BACKUP_EXPORT_ELSEWHERE' });
  });
});

describe('whatever becomes of its reports', () => {
  const fates: readonly ReportFate[] = [
    ...(['arrives', 'is_lost', 'answer_is_lost'] as const),
    ...(['comes_late', 'comes_twice'] as const),
  ];

  /** Without times: a server that hears nothing waits. */
  const meant = (report: AgentReport | undefined) =>
    JSON.parse(
      JSON.stringify({ ended: report?.ended, error: report?.error, doing: report?.doing }),
      (key, value: unknown) =>
        ['startedAt', 'endedAt', 'rpoMs', 'rtoMs'].includes(key) ? 0 : value,
    ) as unknown;

  it('the same is known at the end', async () => {
    await world.work();
    const expected = meant(world.known);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...fates), { maxLength: 60 }), async (drawn) => {
        const other = new AgentWorld();
        other.fate = (call) => drawn[call % Math.max(1, drawn.length)] ?? 'arrives';
        const end = await other.work();
        expect(['heard', 'left']).toContain(end);
        expect(meant(other.known)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
