import { describe, expect, it } from '@jest/globals';

import type { BackupRun, RunSource } from '../run/backup-run.js';
import { backupGauges } from './backup-gauges.js';
import type { WatchedBackups } from './backup-troubles.js';
import { judgeBackups } from './examine-backups.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MiB = 1024 ** 2;
const NOW = Date.UTC(2026, 11, 1, 9);

const source = (changed: Partial<RunSource> = {}): RunSource => ({
  ...{ name: 'innkeeper', kind: 'innkeeper', repository: 'data', snapshot: 'ab'.repeat(32) },
  ...{ files: 100, bytes: 40 * MiB, addedBytes: 2 * MiB },
  ...changed,
});

const drilled = (verdict: 'good' | 'bad'): Pick<BackupRun, 'drill'> => ({
  drill: { of: 'run-1', verdict, sources: [], rpoMs: 2 * HOUR, rtoMs: 12_000 },
});
const retained = (...unnamed: string[]): Pick<BackupRun, 'retention'> => ({
  retention: { kept: 7, planned: { data: [], keys: [] }, removed: [], unnamed },
});

/** A run that ended so long ago; good, with retention and a drill, unless something else is said. */
const runAgo = (ms: number, changed: Partial<BackupRun> = {}): BackupRun => {
  const endedAt = NOW - ms;
  const startedAt = endedAt - HOUR / 4;
  return {
    ...{ id: `run-${ms / HOUR}`, kind: 'daily', requestedBy: 'schedule', attempt: 1 },
    ...{ failures: 0, claims: 1, revision: 9 },
    ...{ status: 'succeeded', step: 'close', steps: [], warnings: [], sources: [source()] },
    ...{ requestedAt: startedAt, startedAt, stepStartedAt: endedAt, heartbeatAt: endedAt, endedAt },
    ...retained(),
    ...drilled('good'),
    ...changed,
  };
};

const look = (runs: readonly BackupRun[], changed: Partial<WatchedBackups> = {}) =>
  judgeBackups({
    ...{ now: NOW, since: NOW - 100 * DAY, runs, isScheduled: true, onOwnDisk: [] },
    ...{ kit: 'current', restic: { version: '0.18.1', isOld: false } },
    ...changed,
  });
const codesOf = (...asked: Parameters<typeof look>): string[] =>
  look(...asked).troubles.map(({ code }) => code);

const failed = (ms: number, changed: Partial<BackupRun> = {}) =>
  runAgo(ms, {
    ...{ status: 'failed', step: 'save', drill: undefined, retention: undefined },
    error: { code: 'BACKUP_REPOSITORY_FULL', step: 'save', next: 'Give it room.' },
    ...changed,
  });

const days = (count: number, changed: Partial<RunSource> = {}): BackupRun[] =>
  Array.from({ length: count }, (_, i) =>
    runAgo((count - i) * DAY, { sources: [source(changed)] }),
  );

describe('whether the backup is good', () => {
  it('is yes after a run that was proved, with what it saved and how long it took to come back', () => {
    const answer = look([runAgo(5 * HOUR)]);
    expect(answer).toMatchObject({
      verdict: 'good',
      troubles: [],
      good: { run: 'run-5', ageMs: 5.25 * HOUR, files: 100, bytes: 40 * MiB },
      drill: { verdict: 'good', rpoMs: 2 * HOUR, rtoMs: 12_000 },
      last: { status: 'succeeded' },
    });
    expect(answer.answer).toBe(
      'Good. The last backup ended 5 h ago, with 40 MiB. A restore 5 h ago brought back what was saved, in 12 s.',
    );
  });

  it('is neither yes nor no on a platform that is younger than a day', () => {
    const fresh = { since: NOW - HOUR, kit: 'missing', onOwnDisk: ['data', 'keys'] } as const;
    expect(look([], fresh)).toMatchObject({ verdict: 'none_yet', troubles: [] });
  });

  it('is no without a good run in 26 hours, and not a minute earlier', () => {
    expect(codesOf([runAgo(26 * HOUR)])).toEqual([]);
    expect(look([runAgo(26 * HOUR + 1)])).toMatchObject({
      verdict: 'not_good',
      troubles: [{ code: 'BACKUP_LATE', since: NOW - 1 }],
    });
    expect(codesOf([], { since: NOW - 27 * HOUR })).toEqual(['BACKUP_LATE']);
  });

  it('says that nothing begins by itself where the schedule is off', () => {
    const [late] = look([], { isScheduled: false }).troubles;
    expect(late?.says).toContain('the schedule is off');
    expect(codesOf([runAgo(HOUR)], { isScheduled: false })).toEqual([]);
  });

  it('counts no run that failed, was refused or saved nothing, and none from the future', () => {
    const drill = runAgo(HOUR, { kind: 'drill' });
    const refused = runAgo(HOUR, { status: 'refused', drill: undefined });
    for (const run of [drill, refused, runAgo(-DAY)])
      expect(codesOf([run])).toContain('BACKUP_LATE');
    expect(codesOf([failed(HOUR)])).toEqual(['BACKUP_LATE', 'BACKUP_FAILED']);
  });

  it('is no after a run that failed, though the night before was good', () => {
    const answer = look([failed(HOUR), runAgo(25 * HOUR)]);
    expect(answer.troubles.map(({ code }) => code)).toEqual(['BACKUP_FAILED']);
    expect(answer.answer).toContain('failed at the step save (BACKUP_REPOSITORY_FULL)');
    expect(codesOf([failed(2 * HOUR), runAgo(HOUR)])).toEqual([]);
  });

  it('is no after a drill that brought back something else, until one is good', () => {
    const bad = runAgo(2 * HOUR, drilled('bad'));
    expect(look([bad])).toMatchObject({ verdict: 'not_good', drill: { verdict: 'bad' } });
    expect(codesOf([runAgo(25 * HOUR), bad])).toEqual(['BACKUP_DRILL_FAILED']);
    expect(codesOf([bad, runAgo(HOUR)])).toEqual([]);
  });

  it('counts no run that a later drill found bad, though an older one came back well', () => {
    const judged = runAgo(3 * HOUR, { id: 'judged', ...drilled('bad') });
    const proof = runAgo(HOUR, { ...{ kind: 'drill', retention: undefined }, ...drilled('good') });
    const good = runAgo(25 * HOUR, { id: 'good' });
    expect(look([good, judged, proof]).good).toMatchObject({ run: 'good' });
    expect(codesOf([runAgo(30 * HOUR), judged, proof])).toEqual(['BACKUP_LATE']);
  });
});

describe('what is late', () => {
  const saved = { drill: undefined } as Partial<BackupRun>;

  it('is a drill after eight days, counted from the first backup where there was none', () => {
    const unproved = [runAgo(HOUR, saved), runAgo(8 * DAY, saved)];
    expect(codesOf(unproved)).toEqual([]);
    expect(codesOf([...unproved, runAgo(9 * DAY, saved)])).toEqual(['BACKUP_DRILL_LATE']);
    expect(codesOf([runAgo(HOUR, saved), runAgo(9 * DAY)])).toEqual(['BACKUP_DRILL_LATE']);
  });

  it('is retention after eight days', () => {
    const kept = { retention: undefined } as Partial<BackupRun>;
    expect(codesOf([runAgo(HOUR, kept), runAgo(7 * DAY)])).toEqual([]);
    expect(codesOf([runAgo(HOUR, kept), runAgo(9 * DAY)])).toEqual(['BACKUP_RETENTION_LATE']);
    // It said what would go, and was not allowed to remove it.
    const planned = { kept: 7, planned: { data: ['ab'], keys: [] }, unnamed: [] };
    const refused = runAgo(HOUR, { retention: planned });
    expect(codesOf([refused, runAgo(9 * DAY)])).toEqual(['BACKUP_RETENTION_LATE']);
  });
});

describe('what looks like ransomware', () => {
  const today = (changed: Partial<RunSource>) => runAgo(HOUR, { sources: [source(changed)] });

  it('is more than five times the usual new bytes', () => {
    expect(codesOf([...days(14), today({ addedBytes: 10 * MiB })])).toEqual([]);
    const answer = look([...days(14), today({ addedBytes: 10 * MiB + 1 })]);
    expect(answer).toMatchObject({
      verdict: 'not_good',
      troubles: [{ code: 'BACKUP_UNUSUAL', about: 'innkeeper' }],
    });
    expect(answer.answer).toContain('10 MiB were new, usually 2.0 MiB');
  });

  it('is fewer than half of the usual files', () => {
    expect(codesOf([...days(14), today({ files: 50 })])).toEqual([]);
    expect(codesOf([...days(14), today({ files: 49 })])).toEqual(['BACKUP_UNUSUAL']);
  });

  it('is nothing before five runs, and nothing below a megabyte', () => {
    expect(codesOf([...days(4), today({ files: 1 })])).toEqual([]);
    expect(codesOf([...days(5), today({ files: 1 })])).toEqual(['BACKUP_UNUSUAL']);
    expect(codesOf([...days(14, { addedBytes: 0 }), today({ addedBytes: MiB })])).toEqual([]);
  });

  it('is told for three days, though later runs were usual', () => {
    const strange = (ms: number) => runAgo(ms, { sources: [source({ files: 3 })] });
    const before = days(20).filter(({ endedAt = 0 }) => endedAt < NOW - 5 * DAY);
    expect(codesOf([...before, strange(3 * DAY), ...days(2)])).toEqual(['BACKUP_UNUSUAL']);
    expect(codesOf([...before, strange(3 * DAY + 1), ...days(2)])).toEqual([]);
  });

  it('compares each source with itself', () => {
    const two = (files: number) => [source(), source({ name: 'files', files })];
    const before = days(14).map((run) => ({ ...run, sources: two(10_000) }));
    const answer = look([...before, runAgo(HOUR, { sources: two(3) })]);
    expect(answer.troubles).toMatchObject([{ code: 'BACKUP_UNUSUAL', about: 'files' }]);
  });
});

describe('damage that a run found', () => {
  const checked = { steps: [{ step: 'check', startedAt: 0, endedAt: 1, attempts: 1 }] } as const;
  const warned = { warnings: [{ code: 'PACK_DAMAGED', step: 'check', detail: '12ab' }] } as const;

  it('stays until a run has read everything: one part of the data says nothing of another', () => {
    const damaged = runAgo(3 * DAY, { ...warned, ...checked });
    expect(codesOf([damaged, runAgo(HOUR, checked)])).toEqual(['BACKUP_REPOSITORY_DAMAGED']);
    const monthly = runAgo(HOUR, { ...checked, kind: 'monthly' });
    expect(codesOf([damaged, monthly])).toEqual([]);
    expect(codesOf([runAgo(HOUR, { ...checked, ...warned, kind: 'monthly' })])).toEqual([
      'BACKUP_REPOSITORY_DAMAGED',
    ]);
  });

  it('is told where the run ended by it', () => {
    const error = { code: 'BACKUP_REPOSITORY_DAMAGED', step: 'check', next: '' } as const;
    expect(codesOf([runAgo(2 * HOUR), failed(HOUR, { error })])).toEqual([
      'BACKUP_FAILED',
      'BACKUP_REPOSITORY_DAMAGED',
    ]);
  });
});

describe('what a person has to do besides', () => {
  it('is a run that nobody works at for a quarter of an hour', () => {
    const claimed = (until: number) =>
      runAgo(0, {
        ...{ id: 'run-x', status: 'running', step: 'save', endedAt: undefined },
        claim: { holder: 'me', until },
      });
    const good = runAgo(HOUR);
    expect(codesOf([good, claimed(NOW - HOUR / 4)])).toEqual([]);
    expect(look([good, claimed(NOW - HOUR / 4 - 1)]).troubles).toMatchObject([
      { code: 'BACKUP_STUCK', about: 'run-x' },
    ]);
  });

  it('is a look at snapshots that no run names, while the last retention saw some', () => {
    const answer = look([runAgo(HOUR, retained('cd'.repeat(32)))]);
    expect(answer).toMatchObject({
      verdict: 'good',
      troubles: [{ code: 'BACKUP_SNAPSHOTS_UNNAMED' }],
    });
    expect(answer.answer).toContain('One thing needs a person.');
    expect(codesOf([runAgo(2 * HOUR, retained('cd')), runAgo(HOUR)])).toEqual([]);
  });

  it('is a kit, another disk and a newer restic, from the first backup on', () => {
    const laptop = {
      kit: 'missing',
      onOwnDisk: ['data', 'keys'],
      restic: { version: '0.14.0', isOld: true },
    } as const;
    expect(codesOf([], { ...laptop, since: NOW })).toEqual([]);
    expect(codesOf([runAgo(HOUR)], laptop)).toEqual([
      ...['BACKUP_ON_OWN_DISK', 'BACKUP_ON_OWN_DISK', 'BACKUP_KIT_MISSING', 'BACKUP_RESTIC_OLD'],
    ]);
    expect(codesOf([runAgo(HOUR)], { kit: 'stale' })).toEqual(['BACKUP_KIT_MISSING']);
  });
});

describe('the figures for those who watch from outside', () => {
  const figures = (...asked: Parameters<typeof look>) => {
    const answer = look(...asked);
    return Object.fromEntries(backupGauges.map(({ name, of }) => [name.slice(17), of(answer)]));
  };

  it('are times, sizes and how it ended', () => {
    expect(figures([runAgo(HOUR, drilled('bad')), runAgo(DAY)])).toEqual({
      last_good_seconds: (NOW - DAY) / 1000,
      last_drill_seconds: (NOW - DAY) / 1000,
      last_status: 0,
      bytes: 40 * MiB,
      added_bytes: 2 * MiB,
      files: 100,
      rpo_seconds: 7_200,
      rto_seconds: 12,
      troubles: 1,
    });
    expect(figures([failed(HOUR), runAgo(2 * HOUR)])['last_status']).toBe(2);
  });

  it('are missing while there is nothing to say: 0 would be a time in 1970', () => {
    const none = figures([], { since: NOW });
    expect(none['last_good_seconds']).toBeUndefined();
    expect(none['last_status']).toBeUndefined();
  });
});

describe('who makes backups', () => {
  const MINUTE = HOUR / 60;
  const seen = (seenAt: number | undefined, since = NOW - DAY) =>
    codesOf([runAgo(HOUR)], { orchestrator: { since, ...(seenAt !== undefined && { seenAt }) } });

  it('is gone after a quarter of an hour without a sign, and not a minute earlier', () => {
    expect(seen(NOW - 15 * MINUTE)).toEqual([]);
    expect(seen(NOW - 15 * MINUTE - 1)).toEqual(['BACKUP_ORCHESTRATOR_GONE']);
    expect(seen(undefined, NOW - 15 * MINUTE)).toEqual([]);
    expect(seen(undefined)).toEqual(['BACKUP_ORCHESTRATOR_GONE']);
  });

  it('is not there by a sign from a future that no clock of ours can have', () => {
    expect(seen(NOW + 9 * MINUTE)).toEqual([]);
    expect(seen(NOW + DAY)).toEqual(['BACKUP_ORCHESTRATOR_GONE']);
  });

  it('is not told so by itself', () => {
    expect(codesOf([runAgo(HOUR)])).toEqual([]);
  });
});
