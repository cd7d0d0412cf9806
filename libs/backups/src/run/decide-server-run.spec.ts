import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { codes, type Code } from '#libs/kernel';

import { isAgentStep } from '../agent/agent-order.js';
import { abandonedAt } from './abandoned-run.js';
import {
  hasEnded,
  MOST_SERVERS,
  type BackupRun,
  type RunServer,
  type RunStep,
} from './backup-run.js';
import { decideRun } from './decide-run.js';
import { CLAIM_MS, evolveRun } from './evolve-run.js';
import type { RunWish } from './held-run.js';

const at = 1_000_000;
const HOUR_MS = 3600_000;

const server = (more: Partial<RunServer> = {}): RunServer => ({
  ...{ name: 'innkeeper-test-backup-1', state: 'made', number: 1, wantedAt: at },
  expiresAt: at + 6 * HOUR_MS,
  ...more,
});

/** A run in the hands of one process, for which every wish is signed. */
class Run {
  state: BackupRun;
  now = at;

  constructor() {
    const id = '00000000-0000-8000-8000-000000000001';
    const [requested] = decideRun(
      { type: 'request', at, id, kind: 'manual', by: 'operator' },
      undefined,
    );
    const state = requested && evolveRun(undefined, requested);
    if (!state) throw new Error('no run');
    this.state = state;
    this.claim();
    this.wish({ type: 'begin_step' });
    const sources = [{ name: 'keys', kind: 'keys', repository: 'keys' } as const].map((source) => ({
      ...{ ...source, files: 0, bytes: 0, addedBytes: 0 },
    }));
    this.wish({ type: 'admit', admission: 1, worksOn: 'server', sources });
  }

  static at(step: RunStep, noted?: RunServer): Run {
    const run = new Run();
    run.goTo(step);
    if (noted) run.wish({ type: 'note', note: { server: noted } });
    return run;
  }

  goTo(step: RunStep): void {
    while (this.state.step !== step && !hasEnded(this.state)) this.end();
  }

  end(): void {
    this.wish({ type: 'begin_step' });
    this.wish({ type: 'end_step', step: this.state.step });
  }

  claim(): void {
    this.#apply(decideRun({ type: 'claim', at: this.now, holder: 'anna' }, this.state));
  }

  wish(wish: RunWish): void {
    const signed = { at: this.now, holder: 'anna', term: this.state.claims };
    this.#apply(decideRun({ ...wish, ...signed }, this.state));
  }

  abandon(): void {
    this.#apply(decideRun({ type: 'abandon', at: this.now, step: this.state.step }, this.state));
  }

  goneByHand(cents: number): void {
    this.#apply(decideRun({ type: 'note_server_gone', at: this.now, cents }, this.state));
  }

  fails(code: Code, isFinal = false): void {
    this.wish({ type: 'begin_step' });
    this.wish({ type: 'fail_step', step: this.state.step, code, ...(isFinal && { isFinal }) });
  }

  #apply(events: readonly Parameters<typeof evolveRun>[1][]): void {
    for (const event of events) this.state = evolveRun(this.state, event) ?? this.state;
  }
}

describe('a run on a server that gives up', () => {
  it('destroys its server before anything else', () => {
    const run = Run.at('save', server());
    run.fails('BACKUP_PASSWORD_WRONG');
    expect(run.state).toMatchObject({ step: 'destroy', error: { step: 'save' } });
  });

  it.each([undefined, server({ state: 'gone' })])('with none left cleans up at once', (none) => {
    const run = Run.at('boot', none);
    run.fails('SERVER_REFUSED');
    expect(run.state).toMatchObject({ step: 'clean', error: { code: 'SERVER_REFUSED' } });
  });

  it('gives up at once what the server has tried often enough', () => {
    const run = Run.at('save', server());
    run.fails('BACKUP_REPOSITORY_UNREACHABLE', true);
    const next = codes.BACKUP_REPOSITORY_UNREACHABLE.remedy;
    expect(run.state.error).toEqual({ code: 'BACKUP_REPOSITORY_UNREACHABLE', step: 'save', next });
  });
});

describe('a server that cannot be destroyed', () => {
  it.each([
    ['SERVER_PROTECTED', 1],
    ['FLEET_UNREACHABLE', 7],
  ] as const)(
    'because of %s is tried %d times, and leaves a warning and the verdict',
    (code, most) => {
      const run = Run.at('destroy', server());
      for (let times = 1; times <= most; times++) {
        expect(run.state.step).toBe('destroy');
        run.fails(code);
      }
      run.goTo('close');
      run.end();
      const detail = `innkeeper-test-backup-1: ${code}`;
      expect(run.state).toMatchObject({
        ...{ status: 'succeeded_with_warnings', server: { state: 'made' } },
        warnings: [{ code: 'SERVER_LEFT', step: 'destroy', detail }],
      });
      expect(run.state).not.toHaveProperty('error');
      // The reaper found it later.
      const { revision } = run.state;
      run.goneByHand(12);
      run.goneByHand(99);
      expect(run.state).toMatchObject({
        revision: revision + 1,
        server: { state: 'gone', cents: 12 },
      });
    },
  );

  it('but that somebody else saw gone leaves no warning', () => {
    const run = Run.at('destroy', server());
    run.goneByHand(3);
    run.fails('SERVER_PROTECTED');
    expect(run.state).toMatchObject({ step: 'clean', warnings: [] });
  });
});

describe('a server that was lost', () => {
  const lost = (run: Run, to: RunStep = 'boot') =>
    run.wish({ type: 'go_back', to, code: 'BACKUP_SERVER_LOST' });
  const saved = { sources: [{ name: 'keys', snapshot: 'aa' }] };

  it('is replaced once, with a warning, and then the run gives up', () => {
    const run = Run.at('save', server({ state: 'gone' }));
    lost(run);
    expect(run.state).toMatchObject({
      step: 'boot',
      warnings: [{ code: 'BACKUP_SERVER_LOST', step: 'save', detail: 'innkeeper-test-backup-1' }],
    });
    run.goTo('save');
    run.wish({ type: 'note', note: { server: server({ number: 2 }) } });
    lost(run);
    expect(run.state).toMatchObject({ step: 'destroy', error: { code: 'BACKUP_SERVER_LOST' } });
  });

  it('takes nothing away of what was saved, checked and removed', () => {
    const run = Run.at('save', server());
    run.wish({ type: 'note', note: saved });
    run.goTo('drill');
    lost(run);
    expect(run.state).toMatchObject({ step: 'boot', sources: [{ snapshot: 'aa' }] });
    run.end();
    expect(run.state.step).toBe('drill');
  });

  it('is replaced for copies that are made again, and what was saved of the old ones counts no more', () => {
    const run = Run.at('save', server());
    run.wish({ type: 'note', note: saved });
    lost(run, 'export');
    expect(run.state.step).toBe('export');
    expect(run.state.sources[0]).not.toHaveProperty('snapshot');
    run.end();
    run.end();
    expect(run.state.step).toBe('save');
  });

  it('and seen gone does not come back by the note of who knew it before', () => {
    const run = Run.at('save', server());
    run.goneByHand(1);
    run.wish({ type: 'note', note: { server: server({ state: 'heard' }) } });
    expect(run.state.server?.state).toBe('gone');
    run.wish({ type: 'note', note: { server: server({ state: 'wanted', number: 2 }) } });
    expect(run.state.server).toMatchObject({ state: 'wanted', number: 2 });
  });
});

describe('who follows a server', () => {
  const dies = (run: Run, times: number): void => {
    for (let i = 0; i < times; i++) {
      run.now += CLAIM_MS;
      run.claim();
      run.wish({ type: 'begin_step' });
    }
  };

  it('may die as often as it happens, as long as the server has time', () => {
    const run = Run.at('check', server());
    dies(run, 20);
    expect(run.state).toMatchObject({ step: 'check', attempt: 20 });
    run.now = server().expiresAt;
    dies(run, 1);
    expect(run.state.error).toMatchObject({ code: 'BACKUP_CUT_OFF', step: 'check' });
  });

  it.each(['boot', 'destroy', 'preview'] as const)('may not at %s, which is done again', (step) => {
    const run = Run.at(step, server());
    dies(run, 4);
    expect(run.state.step).not.toBe(step);
  });
});

describe('a run whose step nobody can do', () => {
  const abandoned = (run: Run, now: number) => {
    run.now = now;
    run.abandon();
  };

  it.each(['preview', 'forget'] as const)(
    'at %s is good and warned of when the time of its server is over',
    (step) => {
      const run = Run.at(step, server());
      abandoned(run, server().expiresAt - 1);
      expect(run.state.step).toBe(step);
      abandoned(run, server().expiresAt);
      expect(run.state.warnings).toEqual([{ code: 'BACKUP_CUT_OFF', step, detail: '' }]);
      expect(run.state).not.toHaveProperty('error');
    },
  );

  it('is not given up while somebody works at it, or waits to try again', () => {
    const run = Run.at('preview', server({ expiresAt: at }));
    abandoned(run, at + CLAIM_MS - 1);
    expect(run.state.step).toBe('preview');
    run.fails('BACKUP_REPOSITORY_UNREACHABLE');
    abandoned(run, (run.state.retryAt ?? 0) - 1);
    expect(run.state.step).toBe('preview');
    abandoned(run, run.now + CLAIM_MS);
    expect(run.state.step).toBe('forget');
  });

  it('waits at its export, where it costs nothing', () => {
    expect(abandonedAt(Run.at('export').state)).toBeUndefined();
    expect(abandonedAt(Run.at('boot').state)).toBe(at + 2 * HOUR_MS);
  });

  it('leaves its folders to the machine that has them', () => {
    const run = Run.at('clean', server({ state: 'gone' }));
    abandoned(run, at + 5 * 60_000);
    run.claim();
    run.end();
    expect(run.state).toMatchObject({ status: 'succeeded', warnings: [] });
  });
});

const anything = fc.record({
  is: fc.constantFrom('lost', 'fails', 'dies', 'ends', 'abandoned'),
  to: fc.constantFrom<RunStep>('boot', 'export'),
  code: fc.constantFrom<Code>(
    ...([
      'BACKUP_SERVER_LOST',
      'FLEET_UNREACHABLE',
      'SERVER_SOLD_OUT',
      'SERVER_PROTECTED',
    ] as const),
    ...(['BACKUP_CUT_OFF', 'BACKUP_SERVER_OVERDUE', 'FLEET_THROTTLED'] as const),
  ),
});

describe('whatever befalls a run on a server', () => {
  const befall = (run: Run, { is, to, code }: { is: string; to: RunStep; code: Code }): void => {
    run.wish({ type: 'begin_step' });
    const { step, server: had } = run.state;
    if (is === 'abandoned') {
      run.now += CLAIM_MS;
      run.abandon();
    } else if (is === 'lost' && isAgentStep(step))
      run.wish({ type: 'go_back', to, code: 'BACKUP_SERVER_LOST' });
    else if (is === 'fails') run.wish({ type: 'fail_step', step, code });
    else if (is === 'ends' || is === 'lost') {
      const number = (had?.number ?? 0) + 1;
      const note = server({ number, wantedAt: run.now, expiresAt: run.now + HOUR_MS });
      if (step === 'boot') run.wish({ type: 'note', note: { server: note } });
      run.wish({ type: 'end_step', step });
    }
  };

  it('it ends once, with no more servers than it may have, and looks after what it had', () =>
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1, maxLength: 30 }), (troubles) => {
        const run = new Run();
        for (let i = 0; i < 1000 && !hasEnded(run.state); i++) {
          run.now += 20 * 60_000;
          run.claim();
          const trouble = troubles[i % troubles.length];
          if (trouble) befall(run, trouble);
        }
        expect(hasEnded(run.state)).toBe(true);
        const steps = run.state.steps.map(({ step }) => step);
        expect(steps.filter((step) => step === 'close')).toHaveLength(1);
        expect(run.state.server?.number ?? 0).toBeLessThanOrEqual(MOST_SERVERS);
        if (run.state.server) expect(steps).toContain('destroy');
      }),
    ));
});
