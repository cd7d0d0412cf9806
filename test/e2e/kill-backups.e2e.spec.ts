import { beforeAll, expect, it } from '@jest/globals';

import type { RunStep } from '#libs/backups';
import { describeRestic } from '#libs/testing';

import { BackupHome } from './harness/backup-home.js';
import type { ResticMoment } from './harness/deadly-restic.js';

/** At a port of the process, or in a call of restic. */
type Death = string | { readonly restic: string; readonly moment: ResticMoment };

interface Life {
  readonly title: string;
  /** So many backups before: of these the oldest and the newest stay. */
  readonly earlier?: number;
  /** In the order of a run: a process dies at each of them. */
  readonly deaths: readonly Death[];
  readonly ends?: string;
}

const begins = (step: RunStep): Death => `backup.begins(${step})`;
const inRestic = (restic: string, moment: ResticMoment = 'middle'): Death => ({ restic, moment });

/** Something works on as an orphan then, and the next process meets it. */
const leavesAnOrphan = (death: Death): boolean =>
  typeof death !== 'string' || death === 'backup.drilled';

/**
 * Such a death costs as long as a claim lasts: who follows runs and waits until it is over. After the others the machine is off
 * meanwhile. They are spread over platforms that live side by side.
 */
const lives: readonly Life[] = [
  {
    title: 'while it begins and makes its repositories',
    deaths: [begins('admit'), begins('prepare'), inRestic('init'), begins('export')],
  },
  {
    title: 'while sources are copied and saved',
    deaths: ['backup.copying', begins('save'), inRestic('backup')],
  },
  {
    title: 'while what was saved is looked at',
    deaths: [begins('check'), inRestic('check'), begins('preview'), inRestic('snapshots')],
  },
  {
    title: 'while old snapshots are removed',
    earlier: 3,
    deaths: [inRestic('forget'), inRestic('prune'), begins('drill')],
  },
  {
    title: 'while a drill restores and starts what it restored',
    deaths: [inRestic('restore'), 'backup.drilled', begins('clean'), 'backup.cleaned'],
  },
  {
    title: 'when it has saved and nobody knows, and while it leaves',
    deaths: [inRestic('backup', 'after'), begins('forget'), begins('close'), 'backup.released'],
  },
  {
    title: 'three times at the same place',
    deaths: [begins('save'), begins('save'), begins('save')],
    ends: 'BACKUP_CUT_OFF',
  },
];

/** Bounds a hang. */
const HANGING_MS = 3_600_000;

describeRestic('restic', 'a backup whose process is killed', ({ path: restic }) => {
  const dieAt = async (home: BackupHome, known: string | undefined, death: Death) => {
    if (typeof death !== 'string') {
      const { restic: command, moment } = death;
      home.restic.killAt({ command, moment });
    }
    await home.start(typeof death === 'string' ? { at: death } : {});
    const dead = home.died();
    const id = known ?? (await home.ask());
    const ended = await Promise.race([dead, home.endOf(id)]);
    if (ended) throw new Error(`the backup ended, and nobody died at ${JSON.stringify(death)}`);
    // It may have died before it answered, and then another one did.
    await home.kill();
    if (!leavesAnOrphan(death)) home.stayOff();
    return id;
  };

  const expectNothingLeft = async (home: BackupHome): Promise<void> => {
    expect(await home.left()).toEqual({ locks: [], scratch: [] });
  };

  const expectHistory = async (home: BackupHome, id: string): Promise<void> => {
    const history = await home.history(id);
    const { run } = home.kept(id);
    const ranks = history.map(({ rank }) => rank ?? 0);
    expect(ranks).toEqual(Array.from({ length: run.revision }, (_, at) => at + 1));
    expect(history.filter(({ endedAt }) => endedAt !== undefined)).toHaveLength(1);
    expect(history.at(-1)).toMatchObject({ status: run.status, step: run.step });
  };

  const good = { status: 'succeeded', warnings: [], drill: { verdict: 'good' } };

  const live = async ({ earlier = 0, deaths, ends }: Life): Promise<void> => {
    const home = new BackupHome(restic);
    try {
      if (earlier > 0) await home.start();
      for (let n = 0; n < earlier; n++)
        expect(await home.endOf(await home.ask())).toMatchObject(good);
      await home.end();
      let id: string | undefined;
      for (const death of deaths) id = await dieAt(home, id, death);
      await home.start();
      const ended = await home.endOf(id ?? '');
      expect(ended).toMatchObject(
        ends === undefined ? good : { status: 'failed', error: { code: ends, step: 'save' } },
      );
      expect(await home.endOf(await home.ask())).toMatchObject(good);
      await expectNothingLeft(home);
      await expectHistory(home, id ?? '');
    } finally {
      await home.remove();
    }
  };

  const lived = new Map<Life, Promise<void>>();
  beforeAll(() => {
    for (const life of lives) {
      const living = live(life);
      living.catch(() => undefined);
      lived.set(life, living);
    }
  });

  it.each(lives)(
    '$title, ends once and leaves nothing behind',
    (life) => lived.get(life),
    HANGING_MS,
  );
});
