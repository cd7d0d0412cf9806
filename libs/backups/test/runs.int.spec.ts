import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';
import { MemorySource } from '#libs/testing';

import { runSteps } from '../src/run/backup-run.js';
import { BackupsWorld } from './backups-world.js';

const DAY_MS = 24 * 3600_000;

let world: BackupsWorld;
beforeEach(async () => {
  world = await BackupsWorld.open();
});
afterEach(() => world.close());

const snapshotsIn = (repository: 'data' | 'keys') =>
  world[repository].vault.snapshots.map(({ snapshot }) => snapshot);

/** Without servers of their own runs have none to boot, nor to destroy. */
const stepsHere = runSteps.filter((step) => step !== 'boot' && step !== 'destroy');

describe('a run', () => {
  it('saves each source once, proves it, and leaves nothing behind', async () => {
    const run = await world.run();
    expect(run).toMatchObject({ status: 'succeeded', warnings: [], drill: { verdict: 'good' } });
    expect(run.steps.map(({ step }) => step)).toEqual(stepsHere);
    expect(snapshotsIn('data')).toMatchObject([
      {
        host: 'innkeeper-test',
        paths: ['/scratch/exports/innkeeper'],
        tags: expect.arrayContaining(['source:innkeeper', 'kind:manual', `run:${run.id}`]),
      },
    ]);
    expect(snapshotsIn('keys').map(({ id }) => id)).toEqual([run.sources[1]?.snapshot]);
    expect(world.disk.under('/scratch')).toEqual([]);
    expect([world.data.locks, world.keys.locks]).toEqual([0, 0]);
  });

  it('copies keys last, so that they open all that was sealed while the rest was copied', async () => {
    const copied: string[] = [];
    const sources = [world.keysSource, world.innkeeper];
    for (const source of sources) {
      const copy = source.export.bind(source);
      source.export = (into, watch) => {
        copied.push(source.name);
        return copy(into, watch);
      };
    }
    await world.run('manual', { sources });
    expect(copied).toEqual(['innkeeper', 'keys']);
  });

  it('is told to the log state by state, without manifests and paths', async () => {
    const run = await world.run();
    expect(world.told.map(({ revision }) => revision)).toEqual(world.told.map((_, at) => at + 1));
    expect(world.told.map(({ step }) => step)).toEqual([
      'admit',
      ...stepsHere.slice(1),
      'close',
      'close',
    ]);
    expect(world.told.at(-1)).toMatchObject({ id: run.id, status: 'succeeded' });
    for (const { sources } of world.told)
      for (const source of sources) expect(Object.keys(source)).not.toContain('manifest');
  });

  it('does not wait for a log that is away, and owes it the history', async () => {
    world.isLogAway = true;
    const run = await world.run();
    expect(run.status).toBe('succeeded');
    expect(world.told).toEqual([]);
    const backups = world.backups();
    expect(await backups.due()).toEqual([run.id]);
    world.isLogAway = false;
    expect(await backups.advance(run.id, new AbortController().signal)).not.toHaveProperty(
      'lookAt',
    );
    expect(world.told.map(({ revision }) => revision)).toEqual(world.told.map((_, at) => at + 1));
    expect(world.told).toHaveLength(run.revision);
    expect(await backups.due()).toEqual([]);
  });

  it('goes on to its end while the log takes one state, and tells the rest then', async () => {
    const ended = Promise.withResolvers<void>();
    const backups = world.backups({
      notice: ({ event }) => event === 'backup.ended' && ended.resolve(),
      handIn: async (state) => {
        await ended.promise;
        world.told.push(state);
      },
    });
    const { run } = await backups.request({ kind: 'manual', key: 'slow', by: 'operator' });
    const { run: last } = await backups.advance(run.id, new AbortController().signal);
    expect(last.status).toBe('succeeded');
    expect(world.told.map(({ revision }) => revision)).toEqual(world.told.map((_, at) => at + 1));
    expect(world.told).toHaveLength(last.revision);
  });

  it('is the same one when it is asked for again, and another key is another one', async () => {
    const backups = world.backups();
    const asked = { kind: 'manual', key: 'a', by: 'operator' } as const;
    const first = await backups.request(asked);
    expect(await backups.request(asked)).toMatchObject({ run: { id: first.run.id }, isNew: false });
    expect((await backups.request({ ...asked, key: 'b' })).run.id).not.toBe(first.run.id);
    await expect(backups.request({ ...asked, kind: 'daily' })).rejects.toMatchObject({
      code: 'BACKUP_KEY_REUSED',
    });
    expect((await backups.request({ ...asked, by: 'schedule' })).isNew).toBe(true);
  });

  it('is refused while another one works, and may begin after it', async () => {
    const backups = world.backups();
    const ask = (key: string) => backups.request({ kind: 'manual', key, by: 'operator' });
    const first = await ask('first');
    const stopping = new AbortController();
    world.innkeeper.export = async (_into, { signal }) => {
      stopping.abort();
      signal.throwIfAborted();
      throw new Error('it was not told to stop');
    };
    const stopped = await backups.advance(first.run.id, stopping.signal);
    expect(stopped.run).toMatchObject({ status: 'running', step: 'export', attempt: 0 });
    const second = await world.finish((await ask('second')).run.id, backups);
    expect(second).toMatchObject({ status: 'refused', error: { code: 'BACKUP_ALREADY_RUNS' } });
    Reflect.deleteProperty(world.innkeeper, 'export');
    expect(await world.finish(first.run.id, backups)).toMatchObject({ status: 'succeeded' });
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
  });

  it('is refused as long as the folders of another one are not gone', async () => {
    const backups = world.backups();
    const ask = (key: string) => backups.request({ kind: 'manual', key, by: 'operator' });
    const remove = world.scratch.remove.bind(world.scratch);
    const early: string[] = [];
    world.scratch.remove = async (run) => {
      const other = world.backups();
      const { id } = (await ask(`${early.length}`)).run;
      early.push((await other.advance(id, new AbortController().signal)).run.status);
      await remove(run);
    };
    const first = await world.finish((await ask('first')).run.id, backups);
    expect(first.status).toBe('succeeded');
    expect(early).toEqual(['refused']);
    world.scratch.remove = remove;
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
  });

  it('is left alone by who was overtaken, before the next thing that he would do', async () => {
    const slow = world.backups();
    const { id } = (await slow.request({ kind: 'manual', key: 'a', by: 'operator' })).run;
    const { data } = world;
    const check = data.check.bind(data);
    data.check = async (...asked) => {
      Reflect.deleteProperty(data, 'check');
      // It stands still for so long that another process takes the run over.
      world.pass(60_000);
      await world.finish(id, world.backups());
      return check(...asked);
    };
    const checked: string[] = [];
    const keysCheck = world.keys.check.bind(world.keys);
    world.keys.check = (...asked) => {
      checked.push('keys');
      return keysCheck(...asked);
    };
    expect((await slow.advance(id, new AbortController().signal)).run.status).toBe('succeeded');
    expect(checked).toEqual(['keys']);
  });

  it('is refused when there were enough in 24 hours', async () => {
    const few = { runsPerDay: 2 };
    for (const status of ['succeeded', 'succeeded', 'refused'])
      expect(await world.run('manual', few)).toMatchObject({ status });
    world.pass(DAY_MS);
    expect(await world.run('manual', few)).toMatchObject({ status: 'succeeded' });
  });

  it('takes the snapshot that it saved when the answer was lost', async () => {
    world.data.loseNextAnswer('save');
    const run = await world.run();
    expect(run).toMatchObject({ status: 'succeeded', warnings: [] });
    expect(snapshotsIn('data').map(({ id }) => id)).toEqual([run.sources[0]?.snapshot]);
  });

  it('fails with what is wrong and what to do, cleans up, and the next one is good', async () => {
    world.data.failNext('save', 'BACKUP_PASSWORD_WRONG');
    const run = await world.run();
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'BACKUP_PASSWORD_WRONG', step: 'save' },
    });
    expect(run.error?.next).toMatch(/^Set the password/);
    expect(world.disk.under('/scratch')).toEqual([]);
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
  });

  it('ends as it was judged where its folders cannot be removed, and they go later', async () => {
    const remove = world.scratch.remove.bind(world.scratch);
    world.scratch.remove = async () => {
      throw new Error('busy');
    };
    const run = await world.run();
    expect(run).toMatchObject({ status: 'succeeded', warnings: [] });
    expect(world.disk.under('/scratch')).not.toEqual([]);
    world.scratch.remove = remove;
    await world.backups().due();
    expect(world.disk.under('/scratch')).toEqual([]);
  });

  describe('with files that could not be read', () => {
    const folder = () => {
      const { clock } = world.embedded;
      const files = new MemorySource({ name: 'files', kind: 'folder', disk: world.disk, clock });
      return { sources: [world.innkeeper, files, world.keysSource] };
    };
    const warning = { code: 'BACKUP_SOURCE_UNREADABLE', step: 'save', detail: 'files: 1 files' };
    const asDaily = async () => {
      // Drills compare what came back, and find them as well.
      const sources = folder();
      await world.run('manual', sources);
      world.disk.unreadable.add('/scratch/exports/files/content');
      return sources;
    };

    it('says how many of a folder', async () => {
      expect((await world.run('daily', await asDaily())).warnings).toEqual([warning]);
    });

    it('says so as well where the answer that named them was lost', async () => {
      const sources = await asDaily();
      const backups = world.backups(sources);
      const save = world.data.save.bind(world.data);
      world.data.save = async (...args) => {
        const saved = await save(...args);
        if (saved.unreadable === 0) return saved;
        world.data.save = save;
        throw fault('BACKUP_REPOSITORY_UNREACHABLE');
      };
      const { run } = await backups.request({ kind: 'daily', key: 'lost', by: 'operator' });
      expect((await world.finish(run.id, backups)).warnings).toEqual([warning]);
    });

    it('fails where they are of a copy that is ours', async () => {
      await world.run();
      world.disk.unreadable.add('/scratch/exports/innkeeper/content');
      expect(await world.run('daily')).toMatchObject({
        ...{ status: 'failed', error: { code: 'BACKUP_SOURCE_UNREADABLE', step: 'save' } },
      });
    });
  });

  it('takes no snapshot of a copy that was made again since, though a clock is behind', async () => {
    let behindMs = 0;
    const clock = { now: () => world.embedded.clock.now() - (behindMs += 60_000) };
    const innkeeper = new MemorySource({ ...world.innkeeper, disk: world.disk, clock });
    const backups = world.backups({ sources: [innkeeper, world.keysSource] });
    const { run } = await backups.request({ kind: 'manual', key: 'again', by: 'operator' });
    world.keys.failNext('save', 'BACKUP_REPOSITORY_UNREACHABLE');
    await backups.advance(run.id, new AbortController().signal);
    const [first] = snapshotsIn('data');
    await world.scratch.remove(run.id);
    innkeeper.content = 'second';
    world.pass(3600_000);
    const { sources, status, warnings } = await world.finish(run.id, backups);
    expect({ status, warnings }).toEqual({ status: 'succeeded', warnings: [] });
    expect(sources[0]?.snapshot).toBe(snapshotsIn('data')[1]?.id);
    expect(sources[0]?.snapshot).not.toBe(first?.id);
  });

  it('does not begin where there is no room for its copies', async () => {
    world.innkeeper.content = 'x'.repeat(1000);
    await world.run();
    world.scratch.freeBytes = 1500;
    expect(await world.run()).toMatchObject({
      error: { code: 'BACKUP_SCRATCH_FULL', step: 'prepare' },
    });
  });
});

describe('the schedule', () => {
  const schedule = { hour: 3, minute: 0, timeZone: 'Europe/Berlin' };

  it('makes one run a day, and makes up for one that was missed', async () => {
    // A Monday, at eleven there.
    const backups = world.backups({ schedule });
    const [id = ''] = await backups.due();
    expect(await backups.due()).toEqual([id]);
    expect(await world.finish(id, backups)).toMatchObject({
      ...{ kind: 'daily', requestedBy: 'schedule', status: 'succeeded' },
    });
    expect(await backups.due()).toEqual([]);
    world.pass(16 * 3600_000);
    expect(await backups.due()).toHaveLength(1);
  });

  it('waits for a run that works when it is due', async () => {
    const { run } = await world.backups().request({ kind: 'manual', key: 'long', by: 'operator' });
    const backups = world.backups({ schedule });
    expect(await backups.due()).toEqual([run.id]);
    await world.finish(run.id, backups);
    const [next = ''] = await backups.due();
    expect(await world.finish(next, backups)).toMatchObject({
      ...{ requestedBy: 'schedule', status: 'succeeded' },
    });
  });

  it('has missed nothing where the platform did not exist yet at that time', async () => {
    let began = 0;
    const since = () => Promise.resolve(began);
    const young = world.backups({ schedule, since });
    began = world.embedded.clock.now() - 3600_000;
    expect(await young.due()).toEqual([]);
    world.pass(16 * 3600_000);
    expect(await young.due()).toHaveLength(1);
  });
});

describe('what a run reads back', () => {
  it('is a part a day, which go round, and everything of the keys', async () => {
    const depths: unknown[] = [];
    for (const repository of [world.data, world.keys]) {
      const check = repository.check.bind(repository);
      repository.check = (depth, watch) => {
        depths.push(depth.depth === 'part' ? depth.part : depth.depth);
        return check(depth, watch);
      };
    }
    for (const kind of ['daily', 'weekly', 'monthly', 'manual', 'daily'] as const) {
      await world.run(kind);
      world.pass(3600_000);
    }
    const keys = 'everything';
    expect(depths).toEqual([1, keys, 2, keys, 'everything', keys, 'structure', keys, 3, keys]);
  });

  it('fails the run where it is damaged, and names the damage', async () => {
    await world.run();
    world.data.vault.damage = [{ code: 'PACK_DAMAGED', detail: 'pack abcd' }];
    const run = await world.run('monthly');
    expect(run).toMatchObject({
      ...{ status: 'failed', error: { code: 'BACKUP_REPOSITORY_DAMAGED', step: 'check' } },
      warnings: [{ code: 'PACK_DAMAGED', detail: 'data: pack abcd' }],
    });
  });
});
