import { describe, expect, it } from '@jest/globals';

import type { Code } from '#libs/kernel';

import type { BackupRun, RunServer } from '../run/backup-run.js';
import type { StandingServer } from '../server/fleet-look.js';
import { backupGauges } from './backup-gauges.js';
import type { WatchedBackups } from './backup-troubles.js';
import { serverFigures, serverTroubles } from './server-troubles.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 11, 1, 9);

const serverAt = (state: RunServer['state'], more: Partial<RunServer> = {}): RunServer => ({
  ...{ name: 'innkeeper-prod-backup-1', state, number: 1, id: '1', wantedAt: NOW - 2 * HOUR },
  ...{ madeAt: NOW - 2 * HOUR, expiresAt: NOW + 4 * HOUR },
  ...more,
});
const run = (more: Partial<BackupRun> = {}): BackupRun => ({
  ...{ id: 'run-1', kind: 'daily', requestedBy: 'schedule', status: 'running', step: 'save' },
  ...{ attempt: 1, failures: 0, claims: 1, revision: 1, worksOn: 'server', steps: [] },
  ...{ requestedAt: NOW - 2 * HOUR, stepStartedAt: NOW, heartbeatAt: NOW },
  ...{ sources: [], warnings: [] },
  ...more,
});
const endedAgo = (ms: number, more: Partial<BackupRun> = {}): BackupRun =>
  run({ status: 'succeeded', step: 'close', endedAt: NOW - ms, ...more });
const failedWith = (code: Code): BackupRun =>
  endedAgo(HOUR, { status: 'failed', error: { code, step: 'boot', next: '' } });
const standing = (left?: StandingServer['left']): StandingServer => ({
  ...{ id: '1', name: 'innkeeper-prod-backup-1', run: 'run-1' },
  ...(left && { left }),
});

const watched = (
  runs: readonly BackupRun[],
  servers: readonly StandingServer[] = [],
  at = NOW,
): WatchedBackups => ({
  ...{ now: NOW, since: 0, runs, isScheduled: true, onOwnDisk: [], kit: 'current' },
  fleet: { at, standing: servers },
});
const said = (...asked: Parameters<typeof watched>) =>
  serverTroubles(
    watched(...asked),
    asked[0].filter(({ endedAt }) => endedAt !== undefined),
  ).map(({ code, about, since }) => ({ code, about, since }));

describe('a server that no run needs', () => {
  it('is said when it has stood for a quarter of an hour, and at once where a person protected it', () => {
    const since = (ms: number, why: 'overdue' | 'protected' = 'overdue') =>
      said([], [standing({ why, since: NOW - ms })]);
    expect(since(15 * MINUTE)).toEqual([]);
    const late = NOW - 16 * MINUTE;
    expect(since(16 * MINUTE)).toEqual([
      { code: 'BACKUP_SERVER_LEFT', about: 'run-1', since: late },
    ]);
    expect(since(0, 'protected')).toHaveLength(1);
  });

  it('is said by its run too, once, where no look has seen it go', () => {
    const of = (ms: number, state: RunServer['state'] = 'heard') =>
      endedAgo(ms, { server: serverAt(state) });
    expect(said([of(10 * MINUTE)])).toEqual([]);
    expect(said([of(HOUR)])).toMatchObject([{ code: 'BACKUP_SERVER_LEFT', about: 'run-1' }]);
    expect(said([of(HOUR)], [standing({ why: 'refused', since: NOW - HOUR })])).toHaveLength(1);
    expect(said([of(HOUR, 'gone'), of(HOUR, 'wanted')])).toEqual([]);
  });

  it('is missed where nobody looks at the fleet any more, for a week', () => {
    expect(said([run()], [standing()], NOW - 20 * MINUTE)).toEqual([]);
    expect(said([run()], [standing()], NOW - HOUR)).toMatchObject([{ about: 'backups' }]);
    expect(said([run()], [], NOW - HOUR)).toEqual([]);
    expect(said([run()], [standing()], NOW - 8 * 24 * HOUR)).toEqual([]);
  });

  it('is not one that a run works on', () => {
    expect(said([run({ server: serverAt('heard') })], [standing()])).toEqual([]);
  });
});

describe('a run that gets nothing done on its server', () => {
  it('is stuck a quarter of an hour after the time of its server', () => {
    const late = (ms: number, step: BackupRun['step'] = 'save') =>
      said([run({ step, server: serverAt('heard', { expiresAt: NOW - ms }) })]);
    expect(late(15 * MINUTE)).toEqual([]);
    expect(late(16 * MINUTE)).toMatchObject([{ code: 'BACKUP_RUN_STUCK', about: 'run-1' }]);
    expect(late(16 * MINUTE, 'clean')).toEqual([]);
  });

  it.each([
    ['BACKUP_SERVER_SILENT', 'BACKUP_RUN_STUCK'],
    ['BACKUP_SERVER_LOST', 'BACKUP_RUN_STUCK'],
    ['BACKUP_SERVER_OVERDUE', 'BACKUP_RUN_STUCK'],
    ['SERVER_IMAGE_MISSING', 'BACKUP_IMAGE_MISSING'],
    ['FLEET_ACCESS_DENIED', 'BACKUP_FLEET_REFUSED'],
    ['SERVER_LIMIT_REACHED', 'BACKUP_FLEET_REFUSED'],
    ['SERVER_REFUSED', 'BACKUP_FLEET_REFUSED'],
    ['BACKUP_SERVER_BUDGET_SPENT', 'BACKUP_FLEET_REFUSED'],
  ] as const)('says why: %s is %s', (code, trouble) => {
    expect(said([failedWith(code)])).toMatchObject([{ code: trouble, about: 'backups' }]);
  });

  it('is over with the next run that gets its server, and other failures are none', () => {
    expect(said([failedWith('SERVER_IMAGE_MISSING'), endedAgo(0)])).toEqual([]);
    expect(said([failedWith('BACKUP_REPOSITORY_FULL')])).toEqual([]);
  });
});

describe('figures of servers', () => {
  it('count what stands, how long the last one lived, and what all cost', () => {
    const before = endedAgo(30 * HOUR, {
      ...{ id: 'run-0', requestedAt: NOW - 31 * HOUR },
      server: serverAt('gone', { madeAt: 0, goneAt: 5, cents: 1.5 }),
    });
    const server = serverAt('gone', { goneAt: NOW - HOUR, cents: 3 });
    const left = standing({ why: 'protected', since: NOW });
    const figures = serverFigures(watched([before, endedAgo(0, { server })], [standing(), left]));
    expect(figures).toEqual({ standing: 2, left: 1, livedMs: HOUR, cents: 4.5 });
    const shown = backupGauges
      .filter(({ name }) => name.includes('server'))
      .map(({ of }) =>
        of({ verdict: 'good', answer: '', troubles: [], ...(figures && { servers: figures }) }),
      );
    expect(shown).toEqual([2, 1, 60, 4.5]);
  });

  it('are none where no run ever had a server', () => {
    const { fleet: _, ...nobodyLooked } = watched([run({ worksOn: undefined })]);
    expect(serverFigures(nobodyLooked)).toBeUndefined();
  });
});
