import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { codes, type Code } from '#libs/kernel';

import {
  hasEnded,
  runKinds,
  runSteps,
  type BackupRun,
  type RunKind,
  type RunServer,
} from './backup-run.js';
import { decideRun, lookAtOf } from './decide-run.js';
import { CLAIM_MS, evolveRun } from './evolve-run.js';
import type { HeldRunCommand, RunCommand, RunEvent } from './run-events.js';

const ID = '00000000-0000-8000-8000-000000000001';
const anna = { holder: 'anna', term: 1 };
const at = 1_000_000;

const fold = (run: BackupRun | undefined, events: readonly RunEvent[]) =>
  events.reduce(evolveRun, run);

const when = (run: BackupRun | undefined, ...commands: RunCommand[]) =>
  commands.reduce<{ run: BackupRun | undefined; events: readonly RunEvent[] }>(
    (before, command) => {
      const events = decideRun(command, before.run);
      return { run: fold(before.run, events), events };
    },
    { run, events: [] },
  );

const request = (kind: RunKind = 'manual'): RunCommand => ({
  ...{ type: 'request', at, id: ID, kind, by: 'operator' },
});
const claim = (holder = 'anna', when = at): RunCommand => ({ type: 'claim', at: when, holder });
const begin: RunCommand = { type: 'begin_step', at, ...anna };
const admit: RunCommand = {
  ...{ type: 'admit', at, ...anna, admission: 1 },
  sources: [
    {
      ...{ name: 'innkeeper', kind: 'innkeeper', repository: 'data' },
      ...{ files: 0, bytes: 0, addedBytes: 0 },
    },
  ],
};
const admitToServer: RunCommand = { ...admit, worksOn: 'server' };
const fail = (code: Code, step: BackupRun['step'], when = at): RunCommand => ({
  ...{ type: 'fail_step', at: when, ...anna, code, step },
});
const end = (step: BackupRun['step'], when = at): RunCommand => ({
  ...{ type: 'end_step', at: when, ...anna, step },
});

const given = (...commands: RunCommand[]): BackupRun => {
  const { run } = when(undefined, ...commands);
  if (!run) throw new Error('no run');
  return run;
};
const admitted = (kind: RunKind = 'manual') => given(request(kind), claim(), begin, admit);

/** At this step, by the shortest way. */
const atStep = (step: BackupRun['step'], kind: RunKind = 'manual'): BackupRun => {
  let run = admitted(kind);
  while (run.step !== step) run = when(run, begin, end(run.step)).run ?? run;
  return run;
};

describe('a run', () => {
  it('is requested once, no matter how often it is asked for', () => {
    const run = given(request());
    expect(run).toMatchObject({ id: ID, status: 'requested', step: 'admit', revision: 1 });
    expect(when(run, request()).events).toEqual([]);
  });

  it('refuses a key that asked for something else', () => {
    expect(() => when(given(request()), request('daily'))).toThrow(
      expect.objectContaining({ code: 'BACKUP_KEY_REUSED' }),
    );
  });

  it.each([
    ['here', admit, runSteps.filter((step) => step !== 'boot' && step !== 'destroy')],
    ['on a server of its own', admitToServer, [...runSteps]],
  ])('that works %s goes through all its steps in order and succeeds', (_, admission, steps) => {
    let run = given(request(), claim());
    const seen: string[] = [];
    while (!hasEnded(run)) {
      seen.push(run.step);
      run = when(run, begin, run.step === 'admit' ? admission : end(run.step)).run ?? run;
    }
    expect(seen).toEqual(steps);
    expect(run).toMatchObject({ status: 'succeeded', endedAt: at, revision: steps.length + 2 });
    expect(run.steps.map(({ step }) => step)).toEqual(steps);
    expect(run).not.toHaveProperty('claim');
  });

  it.each([
    ['here', admit, ['prepare', 'drill', 'clean', 'close']],
    ['on a server', admitToServer, ['prepare', 'boot', 'drill', 'destroy', 'clean', 'close']],
  ])('saves nothing when it is a drill %s', (_, admission, steps) => {
    let run = given(request('drill'), claim(), begin, admission);
    const seen: string[] = [];
    while (!hasEnded(run)) {
      seen.push(run.step);
      run = when(run, begin, end(run.step)).run ?? run;
    }
    expect(seen).toEqual(steps);
  });

  it('is refused without a step of work', () => {
    const refused = when(given(request(), claim(), begin), {
      ...{ type: 'refuse', at, ...anna, code: 'BACKUP_ALREADY_RUNS' },
    });
    expect(refused.run).toMatchObject({
      status: 'refused',
      error: { code: 'BACKUP_ALREADY_RUNS', step: 'admit' },
    });
    expect(when(refused.run, claim()).events).toEqual([]);
  });

  it('ends with warnings where there were some, each named once', () => {
    const warning = { code: 'BACKUP_SOURCE_UNREADABLE', step: 'save', detail: 'files: 2' } as const;
    const note: RunCommand = { type: 'note', at, ...anna, note: { warnings: [warning] } };
    const closing = atStep('close');
    const { run } = when(closing, note, note, begin, end('close'));
    expect(run).toMatchObject({ status: 'succeeded_with_warnings', warnings: [warning] });
  });
});

describe('the claim on a run', () => {
  it('keeps others off until it is over', () => {
    const run = given(request(), claim());
    expect(when(run, claim('ben', at + CLAIM_MS - 1)).events).toEqual([]);
    const taken = when(run, claim('ben', at + CLAIM_MS)).run;
    expect(taken).toMatchObject({ claim: { holder: 'ben' }, claims: 2 });
  });

  it('is renewed by work, and by a heart-beat with the progress', () => {
    const later = at + 20_000;
    const progress = { of: 'files', filesDone: 1, bytesDone: 2 };
    const { run } = when(admitted(), { type: 'renew', at: later, ...anna, progress });
    expect(run).toMatchObject({ claim: { until: later + CLAIM_MS }, progress, heartbeatAt: later });
  });

  it('that another one has makes every command come to nothing', () => {
    const run = when(admitted(), claim('ben', at + CLAIM_MS)).run;
    const late: HeldRunCommand[] = [
      { type: 'renew', at, ...anna },
      { type: 'begin_step', at, ...anna },
      { type: 'note', at, ...anna, note: { warnings: [] } },
      { type: 'end_step', at, ...anna, step: 'prepare' },
      { type: 'fail_step', at, ...anna, step: 'prepare', code: 'BACKUP_REPOSITORY_FULL' },
      { type: 'let_go', at, ...anna, isUncounted: true },
      { type: 'go_back', at, ...anna, to: 'export' },
    ];
    for (const command of late) expect(when(run, command).events).toEqual([]);
  });

  it('that the same process made again makes nothing of what it began before', () => {
    const run = when(admitted(), claim('anna', at + CLAIM_MS)).run;
    expect(when(run, end('prepare')).events).toEqual([]);
    expect(when(run, { ...end('prepare'), ...{ term: 2 } }).events).not.toEqual([]);
  });

  it('made by a clock that was wrong is over', () => {
    const run = given(request(), claim('anna', at + 10 * 3600_000));
    expect(when(run, claim('ben')).run).toMatchObject({ claim: { holder: 'ben' } });
  });

  it('is let go by a process that stops, and that attempt does not count', () => {
    const begun = when(admitted(), begin).run;
    const { run } = when(begun, { type: 'let_go', at, ...anna, isUncounted: true });
    expect(run).toMatchObject({ attempt: 0 });
    expect(run).not.toHaveProperty('claim');
    expect(run && lookAtOf(run, at)).toBe(at);
  });
});

describe('a step that fails', () => {
  it('is tried again later, and nobody begins before', () => {
    const failed = when(admitted(), begin, fail('BACKUP_REPOSITORY_UNREACHABLE', 'prepare'));
    expect(failed.run).toMatchObject({ retryAt: at + 30_000, failures: 1, step: 'prepare' });
    const free = when(failed.run, { type: 'let_go', at, ...anna, isUncounted: false }).run;
    expect(free && lookAtOf(free, at)).toBe(at + 30_000);
    expect(when(free, claim('ben', at + 29_999)).events).toEqual([]);
    expect(when(free, claim('ben', at + 30_000)).events).not.toEqual([]);
  });

  it('outlasts a lock that a dead process left for half an hour', () => {
    let run: BackupRun | undefined = admitted();
    let now = at;
    while (run && !run.error) {
      run = when(run, claim('anna', now)).run ?? run;
      const term: number = run.claims;
      const mine = { at: now, holder: 'anna', term };
      run = when(
        run,
        { type: 'begin_step', ...mine },
        { type: 'fail_step', ...mine, step: 'prepare', code: 'BACKUP_REPOSITORY_LOCKED' },
      ).run;
      now = run?.retryAt ?? now;
    }
    expect(now - at).toBeGreaterThan(30 * 60_000);
    expect(run).toMatchObject({ step: 'clean', error: { code: 'BACKUP_REPOSITORY_LOCKED' } });
  });

  it.each([
    ['BACKUP_PASSWORD_WRONG', 1],
    ['BACKUP_DRILL_FAILED', 1],
    ['DEFECT_UNKNOWN', 3],
    ['BACKUP_NOT_FOUND', 3],
    ['BACKUP_REPOSITORY_FULL', 7],
    ['BACKUP_CUT_OFF', 3],
  ] as const)(
    'with %s gives up after %d attempts, says what to do, and cleans up',
    (code, most) => {
      let run: BackupRun | undefined = admitted();
      let attempts = 0;
      while (run && !run.error && attempts < 20) {
        run = when(run, begin, fail(code, 'prepare')).run;
        attempts += 1;
      }
      expect(attempts).toBe(most);
      expect(run?.error).toEqual({ code, step: 'prepare', next: codes[code].remedy });
      expect(run).toMatchObject({ step: 'clean', status: 'running' });
      const { run: ended } = when(run, begin, end('clean'), begin, end('close'));
      expect(ended).toMatchObject({ status: 'failed' });
    },
  );

  it('because its process died three times gives up', () => {
    let run: BackupRun | undefined = admitted();
    let died = 0;
    for (let now = at; run && !run.error; now += CLAIM_MS) {
      run = when(run, claim('anna', now)).run ?? run;
      run = when(run, { type: 'begin_step', at: now, holder: 'anna', term: run.claims }).run;
      if (!run?.error) died += 1;
    }
    expect(died).toBe(3);
    expect(run?.error).toMatchObject({ code: 'BACKUP_CUT_OFF', step: 'prepare' });
  });

  it.each(['preview', 'forget'] as const)(
    'at %s leaves a warning, because what was saved is good',
    (step) => {
      const { run } = when(atStep(step), begin, fail('BACKUP_ACCESS_DENIED', step));
      expect(run).not.toHaveProperty('error');
      expect(run?.warnings).toEqual([{ code: 'BACKUP_ACCESS_DENIED', step, detail: '' }]);
    },
  );

  it('at forget fails the run where the repository is damaged', () => {
    const { run } = when(atStep('forget'), begin, fail('BACKUP_REPOSITORY_DAMAGED', 'forget'));
    expect(run?.error).toMatchObject({ code: 'BACKUP_REPOSITORY_DAMAGED' });
  });

  it.each(['clean', 'close'] as const)('at %s never changes the verdict', (step) => {
    let run: BackupRun | undefined = atStep(step);
    while (run && !hasEnded(run))
      run = when(run, begin, fail('BACKUP_SCRATCH_DENIED', run.step)).run;
    expect(run).toMatchObject({ status: 'succeeded', warnings: [] });
    expect(run).not.toHaveProperty('error');
  });

  it('because its export is on another machine goes back, and saves everything again', () => {
    const note = { sources: [{ name: 'innkeeper', snapshot: 'aa' }] };
    const saving = when(atStep('save'), begin, { type: 'note', at, ...anna, note }).run;
    const { run } = when(saving, { type: 'go_back', at, ...anna, to: 'export' });
    expect(run).toMatchObject({ step: 'export', attempt: 0 });
    expect(run?.sources[0]).not.toHaveProperty('snapshot');
  });
});

describe('a drill of another run', () => {
  const drill = { of: ID, verdict: 'bad', sources: [], rpoMs: 1, rtoMs: 1 } as const;

  it('changes the verdict of what it proved, once, and the log is told', () => {
    const { run } = when(atStep('close'), begin, end('close'), { type: 'judge', at, drill });
    expect(run).toMatchObject({ status: 'succeeded', drill, revision: 13 });
    expect(when(run, { type: 'judge', at, drill }).events).toEqual([]);
  });

  it('says nothing about a run that is not over', () => {
    expect(when(admitted(), { type: 'judge', at, drill }).events).toEqual([]);
  });
});

const anyServer: fc.Arbitrary<RunServer> = fc.record({
  name: fc.constant('innkeeper-test-backup'),
  state: fc.constantFrom('wanted', 'made', 'heard', 'gone'),
  number: fc.integer({ min: 1, max: 3 }),
  wantedAt: fc.nat(),
  expiresAt: fc.integer({ min: 0, max: 10_000_000 }),
});

const anyCommand = fc
  .record({
    at: fc.integer({ min: 0, max: 10_000_000 }),
    holder: fc.constantFrom('anna', 'ben'),
    term: fc.integer({ min: 1, max: 4 }),
    step: fc.constantFrom(...runSteps),
    kind: fc.constantFrom(...runKinds),
    code: fc.constantFrom<Code>('BACKUP_REPOSITORY_LOCKED', 'BACKUP_CUT_OFF', 'DEFECT_UNKNOWN'),
    type: fc.constantFrom(
      ...([
        'claim',
        'renew',
        'let_go',
        'begin_step',
        'note',
        'admit',
        'refuse',
        'end_step',
      ] as const),
      ...(['fail_step', 'go_back', 'judge', 'abandon', 'note_server_gone'] as const),
    ),
    worksOn: fc.option(fc.constant('server' as const), { nil: undefined }),
    server: fc.option(anyServer, { nil: undefined }),
    isFinal: fc.boolean(),
  })
  .map(({ step, worksOn, server, ...command }) => ({
    ...{ ...command, step, to: step, isUncounted: false, note: server ? { server } : {} },
    ...(worksOn && { worksOn }),
    ...{
      admission: 1,
      sources: [],
      drill: { of: ID, verdict: 'good', sources: [], rpoMs: 0, rtoMs: 0 },
    },
  })) as fc.Arbitrary<RunCommand>;

describe('any history of a run', () => {
  it('keeps an ended run as it ended, and a verdict that was given', () =>
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 60 }), (commands) => {
        let run: BackupRun | undefined = given(request());
        for (const command of commands) {
          const { run: next }: { run: BackupRun | undefined } = when(run, command);
          if (!run || !next) throw new Error('no run');
          if (hasEnded(run)) expect(next.status).toBe(run.status);
          if (run.error) expect(next.error).toEqual(run.error);
          expect(next.revision).toBeGreaterThanOrEqual(run.revision);
          expect(next.attempt).toBeGreaterThanOrEqual(0);
          if (hasEnded(next)) expect(next).not.toHaveProperty('claim');
          const { server } = run;
          if (server?.state === 'gone' && next.server?.number === server.number)
            expect(next.server.state).toBe('gone');
          run = next;
        }
      }),
    ));

  it('is made of events that may come in any order, and none of them throws', () => {
    const anyEvent = fc
      .record({
        type: fc.constantFrom<RunEvent['type']>(
          ...(['requested', 'refused', 'claimed', 'claim_renewed', 'let_go', 'admitted'] as const),
          ...(['step_begun', 'noted', 'step_failed', 'step_ended', 'went_back'] as const),
          ...(['gave_up', 'ended', 'judged', 'server_gone'] as const),
        ),
        at: fc.nat(),
      })
      .map((event) => ({
        ...{ ...event, id: ID, kind: 'manual', by: 'operator', claim: { holder: 'a', until: 1 } },
        ...{ until: 1, note: {}, next: 'save', to: 'export', code: 'BACKUP_CUT_OFF', retryAt: 1 },
        ...{ error: { code: 'BACKUP_CUT_OFF', step: 'save', next: '' }, sources: [], admission: 1 },
      })) as fc.Arbitrary<RunEvent>;
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        const run = fold(undefined, events);
        expect(run === undefined).toBe(!events.some(({ type }) => type === 'requested'));
      }),
    );
  });
});
