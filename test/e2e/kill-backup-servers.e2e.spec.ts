import { beforeAll, expect, it } from '@jest/globals';

import type { RunStep } from '#libs/backups';
import type { BackupRunAnswer } from '#libs/routes';
import { describeRestic } from '#libs/testing';

import { BackupHome } from './harness/backup-home.js';

type Victim = 'agent' | 'orchestrator' | 'both';

/** At a point of the process that orders the server, or in a call of restic that the server makes. */
interface ServerDeath {
  readonly of: Victim;
  readonly at: string | { readonly restic: string; readonly times?: number };
}

interface DyingRun {
  /** In the order of the run. */
  readonly deaths: readonly ServerDeath[];
  readonly ends: 'good' | 'replaced' | 'failed';
}

interface ServerLife {
  readonly title: string;
  /** One after the other, at one platform. */
  readonly runs: readonly DyingRun[];
}

const orchestrator = (...deaths: readonly ServerDeath['at'][]): readonly ServerDeath[] =>
  deaths.map((at) => ({ of: 'orchestrator', at }));
const agent = (at: ServerDeath['at']): ServerDeath => ({ of: 'agent', at });
const both = (at: ServerDeath['at']): ServerDeath => ({ of: 'both', at });
const begins = (step: RunStep): string => `backup.begins(${step})`;

/**
 * Who orders a server, and the server itself, die once at each step of a run, and once together. Nobody waits for what dies:
 * machines are off meanwhile, and clocks go on. They are spread over platforms that live side by side.
 */
const lives: readonly ServerLife[] = [
  {
    title: 'who orders a server, before there is one and while it is ordered',
    runs: [
      { deaths: orchestrator(begins('admit'), begins('prepare'), begins('export')), ends: 'good' },
      { deaths: orchestrator('server.told', 'server.ordered', 'server.heard'), ends: 'good' },
    ],
  },
  {
    title: 'who follows a server, and while the server saves',
    runs: [
      { deaths: orchestrator(begins('boot'), begins('save')), ends: 'good' },
      {
        deaths: orchestrator(
          ...[{ restic: 'backup' }, begins('check'), begins('preview'), begins('forget')],
        ),
        ends: 'good',
      },
    ],
  },
  {
    title: 'who follows a server, while it checks and while it restores, and who destroys it',
    runs: [
      { deaths: orchestrator({ restic: 'check' }, begins('drill')), ends: 'good' },
      {
        deaths: orchestrator(
          ...[{ restic: 'restore' }, begins('destroy'), 'server.destroyed'],
          ...[begins('clean'), begins('close')],
        ),
        ends: 'good',
      },
    ],
  },
  {
    title: 'a server while it fetches, and while it saves',
    runs: [
      { deaths: [agent('agent.pulls')], ends: 'replaced' },
      { deaths: [agent({ restic: 'backup' })], ends: 'replaced' },
    ],
  },
  {
    title: 'a server while it checks, and while it waits for a word',
    runs: [
      { deaths: [agent({ restic: 'check' })], ends: 'replaced' },
      { deaths: [agent('agent.waits')], ends: 'replaced' },
    ],
  },
  {
    title: 'a server while it restores, and before its last report',
    runs: [
      { deaths: [agent({ restic: 'restore' })], ends: 'replaced' },
      { deaths: [agent('agent.last_word')], ends: 'replaced' },
    ],
  },
  {
    title: 'both at once, while copies are fetched and saved',
    runs: [
      { deaths: [both('both.pulls')], ends: 'replaced' },
      { deaths: [both({ restic: 'backup' })], ends: 'replaced' },
    ],
  },
  {
    title: 'both at once, while the server waits and while it restores',
    runs: [
      { deaths: [both('both.waits')], ends: 'replaced' },
      { deaths: [both({ restic: 'restore' })], ends: 'replaced' },
    ],
  },
  {
    title: 'a server, and the one in its place',
    runs: [{ deaths: [agent({ restic: 'backup' }), agent({ restic: 'backup' })], ends: 'failed' }],
  },
];

const good = { status: 'succeeded', warnings: [], drill: { verdict: 'good' } };
const lost = { code: 'BACKUP_SERVER_LOST' };
const ended = {
  good: { ...good, server: { state: 'gone', number: 1 } },
  replaced: {
    ...{ status: 'succeeded_with_warnings', warnings: [lost], drill: { verdict: 'good' } },
    server: { state: 'gone', number: 2 },
  },
  failed: { status: 'failed', error: lost, server: { state: 'gone', number: 2 } },
};

/** Bounds a hang. */
const HANGING_MS = 3_600_000;

describeRestic('restic', 'a backup on a server of its own', ({ path: restic }) => {
  const prepare = async (home: BackupHome, { of, at }: ServerDeath): Promise<void> => {
    if (typeof at === 'string') {
      await home.end();
      return home.start({ at });
    }
    if (!home.alive) await home.start();
    const { restic: command, times = 1 } = at;
    const victims = [
      ...(of === 'orchestrator' ? [] : (['caller'] as const)),
      ...(of === 'agent' ? [] : [home.pid]),
    ];
    const death = { command, moment: 'middle', caller: 'agent', victims } as const;
    if (times > 0) home.restic.killAt(...Array.from({ length: times }, () => death));
  };

  const dieAt = async (home: BackupHome, known: string | undefined, death: ServerDeath) => {
    await prepare(home, death);
    const dead = death.of === 'agent' ? home.serverDied() : home.died();
    const id = known ?? (await home.ask());
    const end = await Promise.race([dead, home.endOf(id)]);
    if (end) throw new Error(`the backup ended, and nobody died at ${JSON.stringify(death)}`);
    if (death.of === 'agent') await home.missServer(id);
    else await home.kill();
    if (death.of === 'orchestrator') home.stayOff();
    if (death.of === 'both') home.stayOffLong();
    return id;
  };

  const runOf = async (home: BackupHome, { deaths, ends }: DyingRun): Promise<string> => {
    let id: string | undefined;
    for (const death of deaths) id = await dieAt(home, id, death);
    if (!home.alive) await home.start();
    expect(await home.endOf(id ?? '')).toMatchObject(ended[ends]);
    return id ?? '';
  };

  /** What a server has saved and nobody heard of stays in the end, and the next run says so. */
  const expectNext = (run: BackupRunAnswer | undefined, before: readonly DyingRun[]): void => {
    const hasFailed = before.some(({ ends }) => ends === 'failed');
    const warned = run?.warnings.filter(
      ({ code }) => !hasFailed || code !== 'BACKUP_SNAPSHOTS_UNNAMED',
    );
    const { status: _, ...others } = ended.good;
    expect({ ...run, warnings: warned }).toMatchObject(others);
    if (run?.warnings.length === 0) expect(run.status).toBe('succeeded');
    else expect(run?.status).toBe('succeeded_with_warnings');
  };

  const expectHistories = async (home: BackupHome, ids: readonly string[]): Promise<void> => {
    const histories = await home.histories(ids);
    for (const [at, id] of ids.entries()) {
      const history = histories[at] ?? [];
      const { run } = home.kept(id);
      const ranks = history.map(({ rank }) => rank ?? 0);
      expect(ranks).toEqual(Array.from({ length: run.revision }, (_, rank) => rank + 1));
      expect(history.filter(({ endedAt }) => endedAt !== undefined)).toHaveLength(1);
      expect(history.at(-1)).toMatchObject({ status: run.status, step: run.step });
    }
  };

  const live = async ({ runs }: ServerLife): Promise<void> => {
    const home = new BackupHome(restic, 'server');
    try {
      const ids: string[] = [];
      for (const run of runs) ids.push(await runOf(home, run));
      const next = await home.ask();
      expectNext(await home.endOf(next), runs);
      expect(await home.left()).toEqual({ locks: [], scratch: [], servers: [] });
      await expectHistories(home, [...ids, next]);
    } finally {
      await home.remove();
    }
  };

  const lived = new Map<ServerLife, Promise<void>>();
  beforeAll(() => {
    for (const life of lives) {
      const living = live(life);
      living.catch(() => undefined);
      lived.set(life, living);
    }
  });

  it.each(lives)(
    '$title: it ends once and leaves nothing behind',
    (life) => lived.get(life),
    HANGING_MS,
  );
});
