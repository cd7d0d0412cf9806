import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openEmbedded, type EmbeddedParts } from '#libs/testing';

import type { BackupRun } from '../src/run/backup-run.js';
import { BackupsWorld } from './backups-world.js';

let world: BackupsWorld;
/** What the platform that was restored begins with. */
let empty: EmbeddedParts;
beforeEach(async () => {
  world = await BackupsWorld.open();
  empty = await openEmbedded();
});
afterEach(async () => {
  await world.close();
  await empty.close();
});

const { signal } = new AbortController();
const restored = () => ({ documents: empty.documents });
const adopt = () => world.backups(restored()).adopt();
const someRuns = async (count: number): Promise<readonly BackupRun[]> => {
  const made = [];
  for (let n = 0; n < count; n++) {
    made.push(await world.run('manual', keepingAll()));
    world.pass(3600_000);
  }
  return made;
};
const keepingAll = () => {
  const { repositories } = world.partsOf();
  const policy = { last: 50 };
  return {
    repositories: {
      data: { ...repositories.data, policy },
      keys: { ...repositories.keys, policy },
    },
  };
};
/** What the log said when it was copied: nothing of this run after its export. */
const cutAt = ({ id }: BackupRun): void => {
  const exported = world.told.findIndex((state) => state.id === id && state.step === 'export');
  world.told.splice(exported + 1);
};
const noteOf = ({ id, sources }: BackupRun) => ({
  run: id,
  sources: sources.map(({ name, snapshot = '', files, bytes }) => ({
    ...{ name, snapshot, files, bytes },
  })),
});
const writeStrange = async (tags: readonly string[], count = 1): Promise<void> => {
  for (let n = 0; n < count; n++) {
    world.disk.write('/strange/file', `${n}`);
    await world.data.save({ paths: ['/strange'], tags, host: 'innkeeper-test' }, { signal });
  }
};

describe('runs after a restore', () => {
  it('come back from the log with what they saved, and owe it nothing', async () => {
    const [first, second] = await someRuns(2);
    expect(await adopt()).toEqual({ adopted: [first?.id, second?.id], unnamed: [] });
    const backups = world.backups(restored());
    for (const { id, status, requestedAt, endedAt, sources } of [first, second] as BackupRun[])
      expect(await backups.show(id)).toMatchObject({
        ...{ id, status, requestedAt, endedAt, isAdopted: true, kind: 'manual' },
        drill: { verdict: 'good', of: id },
        sources: sources.map(({ manifest: _, ...source }) => source),
      });
    const told = world.told.length;
    expect(await backups.due()).toEqual([]);
    expect(world.told).toHaveLength(told);
  });

  it('count for retention: no alarm, and the oldest ones go', async () => {
    const runs = await someRuns(3);
    await adopt();
    const next = await world.run('manual', restored());
    expect(next).toMatchObject({ status: 'succeeded', warnings: [] });
    const kept = world.data.vault.snapshots.map(({ snapshot }) => snapshot.id);
    expect(kept).toEqual([runs[2]?.sources[0]?.snapshot, next.sources[0]?.snapshot]);
  });

  it('can be proved by a drill', async () => {
    const [run] = await someRuns(1);
    await adopt();
    const drill = await world.run('drill', restored());
    expect(drill).toMatchObject({ status: 'succeeded', drillOf: run?.id });
  });

  it('are taken once, whoever asks again, and what is known stays as it is', async () => {
    const [run] = await someRuns(1);
    const both = await Promise.all([adopt(), adopt()]);
    expect(both.flatMap(({ adopted }) => adopted)).toEqual([run?.id]);
    expect(await adopt()).toEqual({ adopted: [], unnamed: [] });
    expect(await world.backups().adopt()).toEqual({ adopted: [], unnamed: [] });
    expect(await world.backups().show(run?.id ?? '')).toEqual(run);
  });

  it('go on where they were broken off', async () => {
    const [first, second] = await someRuns(2);
    let asked = 0;
    const away = async (id: string) => {
      if ((asked += 1) > 1) throw new Error('away');
      return world.told.filter((state) => state.id === id);
    };
    await expect(world.backups({ ...restored(), told: away }).adopt()).rejects.toThrow('away');
    expect(await adopt()).toEqual({ adopted: [second?.id], unnamed: [] });
    expect((await world.backups(restored()).list({ limit: 9 })).items.map(({ id }) => id)).toEqual([
      second?.id,
      first?.id,
    ]);
  });

  it('that failed, or that a drill found bad, do not become good', async () => {
    world.opens = false;
    await world.run('manual', keepingAll());
    world.opens = true;
    world.pass(3600_000);
    const bad = await world.run('manual', keepingAll());
    const ended = world.told.at(-1);
    if (!ended?.drill) throw new Error('no drill');
    const drill = { ...ended.drill, verdict: 'bad' as const };
    world.told.push({ ...ended, revision: ended.revision + 1, drill });
    const { adopted, unnamed } = await adopt();
    expect(adopted).toEqual([bad.id]);
    // Keys of a run that failed went at once.
    expect(unnamed.map(({ repository }) => repository)).toEqual(['data', 'data', 'keys']);
  });

  it('stay unknown where only a tag says that they are of ours', async () => {
    const [run] = await someRuns(1);
    const { vault } = world.data;
    await writeStrange(['innkeeper', 'source:innkeeper', `run:${run?.id}`], 3);
    await writeStrange([
      'innkeeper',
      'source:innkeeper',
      'run:019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f',
    ]);
    const { adopted, unnamed } = await adopt();
    expect(adopted).toEqual([run?.id]);
    const strange = vault.snapshots.slice(1).map(({ snapshot: { id, time } }) => ({
      ...{ repository: 'data', id, time },
    }));
    expect(unnamed).toEqual(strange);
  });
});

describe('the run that was restored', () => {
  it('has not ended in its own log, and comes back because the restore compared it', async () => {
    const [before, run] = await someRuns(2);
    if (!run) throw new Error('no run');
    cutAt(run);
    expect((await adopt()).adopted).toEqual([before?.id]);
    world.restored = noteOf(run);
    expect(await adopt()).toEqual({ adopted: [run.id], unnamed: [] });
    expect(await world.backups(restored()).show(run.id)).toMatchObject({
      ...{ status: 'succeeded', isAdopted: true, requestedAt: run.requestedAt },
      sources: run.sources.map(({ name, snapshot, files, bytes }) => ({
        ...{ name, snapshot, files, bytes },
      })),
    });
    expect(await world.run('manual', restored())).toMatchObject({ warnings: [] });
  });

  it('stays unknown where the log never knew it, where it failed, and where it is not there', async () => {
    const [run] = await someRuns(1);
    if (!run) throw new Error('no run');
    const told = [...world.told];
    world.restored = noteOf(run);
    world.told.splice(0);
    expect((await adopt()).adopted).toEqual([]);
    world.told.push(...told.map((state) => ({ ...state, status: 'failed' as const })));
    expect((await adopt()).adopted).toEqual([]);
    world.told.splice(0);
    world.told.push(...told);
    cutAt(run);
    const gone = noteOf(run).sources.map((source) => ({ ...source, snapshot: 'f'.repeat(64) }));
    world.restored = { run: run.id, sources: gone };
    expect((await adopt()).adopted).toEqual([]);
  });
});
