import { describe, expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';
import type { BackupRunAnswer, RouteEvent, watchBackup } from '#libs/routes';

import { goodRun, runShown, serverShown, stateShown } from '../../../test/backup-runs.js';
import { listOf, run } from '../../../test/fake-outside.js';

type WatchEvent = RouteEvent<typeof watchBackup>;

const ID = runShown().id;

/** A platform that takes any backup and tells these events of it; a fault cuts the stream off. */
const platform = (...told: readonly (WatchEvent | Error | 'cut')[]) => {
  const asked: unknown[][] = [];
  const rest = [...told];
  return {
    asked,
    askBackup: (...args: unknown[]) => {
      asked.push(args);
      return Promise.resolve(runShown({ status: 'requested', step: 'admit', startedAt: null }));
    },
    watchBackup: async function* (): AsyncGenerator<WatchEvent> {
      for (let next = rest.shift(); next !== undefined && next !== 'cut'; next = rest.shift()) {
        if (next instanceof Error) throw next;
        yield await Promise.resolve(next);
      }
    },
  };
};
const state = (data: BackupRunAnswer): WatchEvent => ({ event: 'run', data });
const end = (data: BackupRunAnswer): WatchEvent => ({ event: 'answer', data });

const failedRun = goodRun({
  ...{ status: 'failed', step: 'save', drill: undefined, retention: undefined, sources: [] },
  error: { code: 'BACKUP_REPOSITORY_FULL', step: 'save', next: 'Give its disk more room.' },
});

describe('backup run', () => {
  it('follows the run to its end, says what was saved and proved, and exits 0', async () => {
    const answers = platform(
      state(runShown({ step: 'export' })),
      state(runShown()),
      end(goodRun()),
    );
    const { code, out, err } = await run('backup run', answers);
    expect(code).toBe(0);
    expect(err).toBe('export: copies the sources\nsave: saves\n');
    expect(out).toContain(`✔ Backup ${ID} succeeded in 12 s.`);
    expect(out).toContain('3 sources, 228 files, 2.0 GiB (105 MiB new)');
    expect(out).toContain('Proved by a restore: 5 s would be lost');
    expect(answers.asked).toEqual([[{ kind: 'manual' }, expect.stringMatching(/^[0-9a-f-]{36}$/)]]);
  });

  it('says what happened to the server of the run, how long it lived and what it cost', async () => {
    const server = (state: 'wanted' | 'made' | 'heard' | 'gone') => ({
      server: serverShown(state),
    });
    const { out, err } = await run(
      'backup run',
      platform(
        state(runShown({ step: 'boot', ...server('wanted') })),
        state(runShown({ step: 'boot', ...server('made') })),
        state(runShown(server('heard'))),
        state(runShown({ step: 'destroy', ...server('heard') })),
        end(goodRun(server('gone'))),
      ),
    );
    const [ordered, boot, made, works, save, destroy, gone] = err.split('\n');
    expect([ordered, boot]).toEqual(['server ordered', 'boot: makes a server']);
    expect(made).toMatch(
      /^server made \(cpx31 in fsn1\), until 2026-11-21 \d\d:\d\d:\d\d at most$/,
    );
    expect([works, save, destroy]).toEqual([
      ...['server works', 'save: saves', 'destroy: destroys the server'],
    ]);
    expect(gone).toBe('server gone after 13 min, for 1.76 ct');
    expect(out).toContain('  server gone after 13 min, for 1.76 ct\n');
  });

  it('asks for the kind and with the key that are said', async () => {
    const answers = platform(end(goodRun()));
    await run('backup run --kind weekly --key week-47', answers);
    expect(answers.asked).toEqual([[{ kind: 'weekly' }, 'week-47']]);
    expect((await run('backup run --kind hourly', answers)).code).toBe(2);
  });

  it('exits 0 with warnings, and lists each', async () => {
    const warnings = [{ code: 'BACKUP_RESTIC_OLD', step: 'prepare', detail: 'restic 0.14.0' }];
    const { code, out } = await run(
      'backup run',
      platform(end(goodRun({ status: 'succeeded_with_warnings', warnings }))),
    );
    expect(code).toBe(0);
    expect(out).toContain('succeeded, 1 warning in 12 s.');
    expect(out).toContain('! BACKUP_RESTIC_OLD at prepare: restic 0.14.0');
  });

  it('exits 1 where it failed or was refused, and says why and what to do', async () => {
    const { code, out } = await run('backup run', platform(end(failedRun)));
    expect(code).toBe(1);
    expect(out).toContain('✖ BACKUP_REPOSITORY_FULL at save: The repository has no room left.');
    expect(out).toContain('Next: Give its disk more room.');
    const refused = platform(end({ ...failedRun, status: 'refused' }));
    expect((await run('backup run', refused)).code).toBe(1);
  });

  it('exits 1 where what came back is not what was saved', async () => {
    const { drill } = goodRun();
    const differences = [{ code: 'COUNT_DIFFERS', detail: '12 of 14' }];
    const sources = [{ name: 'innkeeper', differences }];
    const bad = goodRun({
      drill: { ...drill, verdict: 'bad', sources } as BackupRunAnswer['drill'],
    });
    const { code, out } = await run('backup run', platform(end(bad)));
    expect(code).toBe(1);
    expect(out).toContain('do not rely on it');
    expect(out).toContain('innkeeper: COUNT_DIFFERS 12 of 14');
  });

  it('only asks with --detach, and names the run on stdout', async () => {
    const { code, out, err } = await run('backup run --detach', platform());
    expect([code, out]).toEqual([0, `${ID}\n`]);
    expect(err).toContain(`innkeeper backup watch ${ID}`);
  });

  it('is one document as JSON: the run as it ended, or as it was asked for', async () => {
    const { documents, err } = await run(
      'backup run --json',
      platform(state(runShown()), end(goodRun())),
    );
    expect([documents, err]).toEqual([[goodRun()], '']);
    const detached = await run('backup run --json --detach', platform());
    expect(detached.documents).toMatchObject([{ id: ID, status: 'requested' }]);
  });

  it('leaves the run going at Ctrl-C, says so, and does not say that it is well', async () => {
    const { code, out, err } = await run(
      'backup run',
      platform(state(runShown()), end(goodRun())),
      {},
      { interrupted: AbortSignal.abort() },
    );
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(`The backup goes on. To see it again: innkeeper backup watch ${ID}\n`);
  });

  it('finds the run again where the platform went away under it', async () => {
    const away = fault('PLATFORM_UNREACHABLE');
    const answers = platform(state(runShown()), away, state(runShown()), 'cut', end(goodRun()));
    expect((await run('backup run', answers)).code).toBe(0);
  });

  it('exits 3 where no platform answers, and 1 where it refuses to begin', async () => {
    const askBackup = () => Promise.reject(fault('PLATFORM_UNREACHABLE'));
    expect((await run('backup run', { askBackup })).code).toBe(3);
    const again = () => Promise.reject(fault('BACKUP_KEY_REUSED'));
    expect((await run('backup run', { askBackup: again })).code).toBe(1);
  });
});

describe('backup drill and prune', () => {
  it('ask for a drill of the newest good run, or of one', async () => {
    const answers = platform(end(goodRun({ kind: 'drill', sources: [] })), end(goodRun()));
    const { out } = await run('backup drill', answers);
    await run(`backup drill ${ID} --key once`, answers);
    expect(out).toContain(`✔ Drill ${ID} succeeded`);
    expect(answers.asked[0]?.[0]).toEqual({ kind: 'drill' });
    expect(answers.asked[1]).toEqual([{ kind: 'drill', of: ID }, 'once']);
  });

  it('do the weekly work', async () => {
    const answers = platform(end(goodRun({ kind: 'weekly' })));
    const { out } = await run('backup prune', answers);
    expect(answers.asked[0]?.[0]).toEqual({ kind: 'weekly' });
    expect(out).toContain('23 snapshots kept, 2 snapshots removed');
  });
});

describe('backup watch', () => {
  it('gives a machine each state as a line, the last one ended', async () => {
    const { documents, code } = await run(
      `backup watch ${ID} --json`,
      platform(state(runShown()), end(failedRun)),
    );
    expect(code).toBe(1);
    expect(documents).toMatchObject([{ status: 'running' }, { status: 'failed' }]);
  });

  it('says that there is none, and exits 1', async () => {
    const { code, err } = await run('backup watch nothing', platform(fault('BACKUP_NOT_FOUND')));
    expect(code).toBe(1);
    expect(err).toContain('BACKUP_NOT_FOUND');
  });
});

describe('backup list, show and state', () => {
  it('lists runs with size, time and proof, and says whether the backup is good', async () => {
    const { list } = listOf([goodRun(), failedRun]);
    const backupState = () => Promise.resolve(stateShown());
    const { code, out, err } = await run('backup list', { backups: list, backupState });
    expect(code).toBe(0);
    expect(out).toMatch(/^019ad3c2\S+ +2026\S+ \S+ +manual +succeeded +2\.0 GiB +12 s +good$/m);
    expect(out).toMatch(/manual +failed +12 s$/m);
    expect(err).toBe('✔ The backup is good: it ended 9 h ago.\n');
  });

  it('lists how long a server lived and what it cost, or how far it is', async () => {
    const now = () => Date.UTC(2026, 10, 21, 3, 10, 5);
    const runs = [goodRun({ server: serverShown() }), runShown({ server: serverShown('heard') })];
    const { list } = listOf([...runs, runShown({ server: serverShown('wanted') })]);
    const backupState = () => Promise.resolve(stateShown());
    const { out } = await run('backup list', { backups: list, backupState }, { now });
    expect(out.split('\n').map((row) => row.split(/ {2,}/).at(-1))).toEqual([
      ...['server', '13 min, 1.76 ct', 'heard, 10 min', 'wanted', ''],
    ]);
  });

  it('lists runs as lines for a machine, and asks nothing else', async () => {
    const { list } = listOf([goodRun()], [failedRun]);
    const { documents } = await run('backup list --json', { backups: list });
    expect(documents).toEqual([goodRun(), failedRun]);
  });

  it('shows a run: steps with their times, sources, proof', async () => {
    const { code, out } = await run(`backup show ${ID}`, {
      backup: () => Promise.resolve(goodRun()),
    });
    expect(code).toBe(0);
    expect(out).toMatch(/rocketchat +data +212 +2\.0 GiB +102 MiB +c0ffee12/);
    expect(out).toMatch(/save +2026-11-2\d \d\d:\d\d:\d\d +3 s +at attempt 2/);
    expect(out).toContain('rocketchat: as it was saved (MongoDB 6.0.5)');
  });

  it('shows the whole life of a server', async () => {
    const server = serverShown('gone', { number: 2, cents: 320 });
    const showing = (shown: BackupRunAnswer) =>
      run(`backup show ${ID}`, { backup: () => Promise.resolve(shown) });
    const { out } = await showing(goodRun({ server }));
    expect(out).toMatch(/server +innkeeper-prod-backup-019ad3c2, cpx31 in fsn1\n/);
    expect(out).toMatch(/ordered +2026.*\n.*made +2026.*\n.*heard +2026.*\n.*gone +2026/);
    expect(out).toMatch(/lived +13 min\n.*servers +2\n.*cost +3\.20 €\n/);
    expect((await showing(runShown({ server: serverShown('made') }))).out).toMatch(
      /until +2026\S+ \S+ at most\n/,
    );
  });

  it('exits 1 for one that failed, and 0 for one that still runs', async () => {
    const showing = (shown: BackupRunAnswer) =>
      run(`backup show ${ID}`, { backup: () => Promise.resolve(shown) });
    const failed = await showing(failedRun);
    expect(failed.code).toBe(1);
    expect(failed.out).toContain('Next: Give its disk more room.');
    expect((await showing(runShown())).code).toBe(0);
  });

  it('says whether the backup is good, and exits 1 unless it is', async () => {
    const asking = (given: Parameters<typeof stateShown>[0], words = 'backup state') =>
      run(words, { backupState: () => Promise.resolve(stateShown(given)) });
    expect((await asking({})).code).toBe(0);
    const troubles = [
      {
        ...{ code: 'BACKUP_LATE', about: 'backups', says: 'There is no good backup at all.' },
        since: '2026-11-21T03:00:00.000Z',
      },
    ];
    const late = await asking({ verdict: 'not_good', answer: 'The backup is not good.', troubles });
    expect(late.code).toBe(1);
    expect(late.out).toMatch(/✖ The backup is not good\.\n {2}BACKUP_LATE {2}There is no good/);
    const none = await asking({ verdict: 'none_yet' }, 'backup state --json');
    expect([none.code, none.documents]).toEqual([1, [stateShown({ verdict: 'none_yet' })]]);
  });
});
