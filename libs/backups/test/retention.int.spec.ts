import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { MemoryRepository, MemorySource } from '#libs/testing';

import { BackupsWorld } from './backups-world.js';

let world: BackupsWorld;
beforeEach(async () => {
  world = await BackupsWorld.open();
});
afterEach(() => world.close());

const { signal } = new AbortController();
const ids = (repository: 'data' | 'keys') =>
  world[repository].vault.snapshots.map(({ snapshot }) => snapshot.id);
const policyOf = (policy: object) => {
  const { repositories } = world.partsOf();
  return {
    repositories: {
      data: { ...repositories.data, policy },
      keys: { ...repositories.keys, policy },
    },
  };
};
const someRuns = async (count: number, other = {}) => {
  const made = [];
  for (let n = 0; n < count; n++) {
    made.push(await world.run('manual', other));
    world.pass(3600_000);
  }
  return made;
};

describe('retention in a run', () => {
  it('removes what the policy lets go, from both repositories, and gives back the room', async () => {
    const runs = await someRuns(4);
    const [, , third, fourth] = runs.map(({ sources }) => sources.map(({ snapshot }) => snapshot));
    expect(ids('data')).toEqual([third?.[0], fourth?.[0]]);
    expect(ids('keys')).toEqual([third?.[1], fourth?.[1]]);
    expect(runs.at(-1)?.retention).toMatchObject({ kept: 4, unnamed: [] });
    expect(runs.at(-1)?.retention?.removed).toHaveLength(2);
  });

  it('prunes keys each day, and the rest when there is more to gain', async () => {
    for (const kind of ['daily', 'weekly'] as const) await world.run(kind);
    expect(world.data.calls.filter((call) => call === 'prune')).toHaveLength(1);
    expect(world.keys.calls.filter((call) => call === 'prune')).toHaveLength(2);
  });

  it('lets no strange snapshot count or go, and raises an alarm', async () => {
    await someRuns(2);
    const before = ids('data');
    for (let n = 0; n < 5; n++) {
      world.disk.write('/fake/file', `${n}`);
      const tags = ['innkeeper', 'source:innkeeper', 'kind:weekly'];
      await world.data.save({ paths: ['/fake'], tags, host: 'innkeeper-test' }, { signal });
    }
    world.pass(3600_000);
    const run = await world.run();
    expect(run.status).toBe('succeeded_with_warnings');
    expect(run.warnings).toEqual([
      {
        code: 'BACKUP_SNAPSHOTS_UNNAMED',
        step: 'preview',
        detail: 'data holds 5 that no good run made',
      },
    ]);
    expect(run.retention?.unnamed).toHaveLength(5);
    expect(ids('data')).toContain(before[1]);
    expect(ids('data')).toHaveLength(2 + 5);
  });

  it('notes so many of them as a document has room for, and how many more there are', async () => {
    await world.run();
    for (let n = 0; n < 130; n++) {
      world.disk.write('/fake/file', `${n}`);
      const tags = [`run:${n}`, 'run:../../other'];
      await world.keys.save({ paths: ['/fake'], tags, host: 'innkeeper-test' }, { signal });
    }
    const { retention } = await world.run();
    expect(retention).toMatchObject({ moreUnnamed: 30 });
    expect(retention?.unnamed).toHaveLength(100);
  });

  it('says that the newest good snapshot is gone, which none of ours removes', async () => {
    await world.run();
    world.pass(3600_000);
    const [lost] = world.data.vault.snapshots.splice(0);
    const run = await world.run();
    expect(run.warnings).toEqual([
      ...[
        {
          code: 'SNAPSHOT_GONE',
          step: 'preview',
          detail: `${lost?.snapshot.id.slice(0, 8)} is no longer in data`,
        },
      ],
    ]);
    const { troubles, verdict } = await world.backups().troubles();
    expect({ verdict, codes: troubles.map(({ code }) => code) }).toEqual({
      ...{ verdict: 'not_good', codes: ['BACKUP_REPOSITORY_DAMAGED'] },
    });
  });

  it('knows its own snapshots again after another repository stood in their place', async () => {
    const [first] = await someRuns(1);
    const { data } = world;
    const elsewhere = new MemoryRepository({ disk: world.disk, clock: world.embedded.clock });
    const { repositories } = world.partsOf();
    const policy = repositories.data.policy;
    const moved = { data: { writer: elsewhere, remover: elsewhere, policy } };
    const keysMoved = new MemoryRepository({ disk: world.disk, clock: world.embedded.clock });
    const keys = { writer: keysMoved, remover: keysMoved, policy };
    await someRuns(2, { repositories: { ...moved, keys } });
    const back = await world.run();
    expect(back.retention).toMatchObject({ unnamed: [], kept: 4 });
    expect(data.vault.snapshots.map(({ snapshot }) => snapshot.id)).toContain(
      first?.sources[0]?.snapshot,
    );
  });

  it('keeps the newest good one beside one that is not proved yet', async () => {
    const [first] = await someRuns(1, policyOf({ last: 1 }));
    world.opens = false;
    const failed = await world.run('manual', policyOf({ last: 1 }));
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'BACKUP_DRILL_FAILED' } });
    expect(ids('data')).toContain(first?.sources[0]?.snapshot);
  });

  it('removes nothing where the newest would go, and says so', async () => {
    await someRuns(2, policyOf({ last: 5 }));
    const run = await world.run('manual', policyOf({ tags: [['never']] }));
    expect(run.warnings).toContainEqual({
      ...{
        code: 'BACKUP_RETENTION_REFUSED',
        step: 'preview',
        detail: 'nothing of innkeeper goes from data: only bad backups would be left',
      },
    });
    expect(run).toMatchObject({ status: 'succeeded_with_warnings', retention: { removed: [] } });
    expect(ids('data')).toHaveLength(3);
  });

  it('does not fail a backup whose room cannot be given back', async () => {
    const { repositories } = world.partsOf();
    const remover = world.data.beside({ mayRemove: false });
    const run = await world.run('manual', {
      repositories: { ...repositories, data: { ...repositories.data, remover } },
    });
    expect(run).toMatchObject({
      status: 'succeeded_with_warnings',
      warnings: [{ code: 'BACKUP_PRUNE_REFUSED', step: 'forget', detail: 'repository=data' }],
    });
  });

  it('counts what was removed also where a lock of the bucket holds its data', async () => {
    await someRuns(2, policyOf({ last: 5 }));
    const now = policyOf({ last: 1 });
    for (const repository of [world.data, world.keys])
      repository.failNext('prune', 'BACKUP_ACCESS_DENIED');
    const run = await world.run('manual', now);
    expect(run.retention?.removed).toHaveLength(2);
    expect(run.warnings.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
      'BACKUP_PRUNE_REFUSED repository=keys',
      'BACKUP_PRUNE_REFUSED repository=data',
    ]);
    expect([ids('data').length, ids('keys').length]).toEqual([2, 2]);
  });

  it('gives back the room of keys where data cannot be removed, and has removed nothing for good', async () => {
    await someRuns(2, policyOf({ last: 5 }));
    const { repositories } = world.partsOf(policyOf({ last: 1 }));
    const before = world.keys.calls.filter((call) => call === 'prune').length;
    const remover = world.data.beside({ mayRemove: false });
    const run = await world.run('weekly', {
      repositories: { ...repositories, data: { ...repositories.data, remover } },
    });
    expect(run.warnings).toContainEqual({
      ...{ code: 'BACKUP_ACCESS_DENIED', step: 'forget', detail: '' },
    });
    expect(run.retention).not.toHaveProperty('removed');
    expect(world.keys.calls.filter((call) => call === 'prune').length).toBeGreaterThan(before);
  });

  it('asks again where somebody else holds the repository, and then there is nothing to warn of', async () => {
    world.keys.failNext('prune', 'BACKUP_REPOSITORY_LOCKED');
    expect(await world.run('daily')).toMatchObject({ status: 'succeeded', warnings: [] });
    expect(world.keys.calls.filter((call) => call === 'prune')).toHaveLength(2);
  });

  it('removes keys in time also where nothing of the data can be removed', async () => {
    await someRuns(2, policyOf({ last: 5 }));
    const { repositories } = world.partsOf(policyOf({ last: 1 }));
    const remover = world.data.beside({ mayRemove: false });
    await world.run('daily', {
      repositories: {
        data: { ...repositories.data, policy: { last: 1 }, remover },
        keys: { ...repositories.keys, policy: { last: 1 } },
      },
    });
    expect(ids('data')).toHaveLength(3);
    // The newest, and the newest good one beside it.
    expect(ids('keys')).toHaveLength(2);
  });

  it('removes keys of a run that failed, and keeps its data until somebody has looked', async () => {
    world.opens = false;
    const failed = await world.run();
    world.opens = true;
    world.pass(3600_000);
    await world.run();
    const [data, keys] = failed.sources.map(({ snapshot }) => snapshot);
    expect(ids('data')).toContain(data);
    expect(ids('keys')).not.toContain(keys);
  });

  describe('of keys that no run names', () => {
    const DAY_MS = 24 * 3600_000;
    const WINDOW_DAYS = 20;
    const windowed = () => {
      const { repositories } = world.partsOf();
      const unnamedGoAfterMs = WINDOW_DAYS * DAY_MS;
      return {
        repositories: { ...repositories, keys: { ...repositories.keys, unnamedGoAfterMs } },
      };
    };
    /** Somebody else's, or of a run whose document is lost. */
    const strange = async (days: number, host = 'innkeeper-test', into = world.keys) => {
      world.disk.write('/strange/keys.db', `${days}`);
      await into.prepare({ signal });
      const tags = ['innkeeper', 'source:keys', 'kind:daily'];
      const { id } = await into.save({ paths: ['/strange'], tags, host }, { signal });
      const time = new Date(world.embedded.clock.now() - days * DAY_MS).toISOString();
      into.vault.snapshots = into.vault.snapshots.map((kept) =>
        kept.snapshot.id === id ? { ...kept, snapshot: { ...kept.snapshot, time } } : kept,
      );
      return id;
    };

    it('removes what is older than their days, and says of the younger ones that they are there', async () => {
      const old = await strange(WINDOW_DAYS + 0.1);
      const young = await strange(WINDOW_DAYS - 0.1);
      const { warnings, retention } = await world.run('manual', windowed());
      expect(ids('keys')).not.toContain(old);
      expect(retention).toMatchObject({ removed: [old], unnamed: [young] });
      expect(warnings).toEqual([
        {
          code: 'BACKUP_SNAPSHOTS_UNNAMED',
          step: 'preview',
          detail: 'keys holds 1 that no good run made',
        },
      ]);
    });

    it('lets those of another host, of the future, and all that are no keys stay', async () => {
      const stay = [await strange(400, 'a-laptop'), await strange(-400)];
      const data = await strange(400, 'innkeeper-test', world.data);
      const { retention } = await world.run('manual', windowed());
      expect(retention?.removed).toEqual([]);
      expect(ids('keys')).toEqual(expect.arrayContaining(stay));
      expect(ids('data')).toContain(data);
    });

    it('removes nothing while there are no keys of a good run', async () => {
      const old = await strange(400);
      const preview = () => world.backups(windowed()).retention();
      await world.data.prepare({ signal });
      expect((await preview())[1]).toMatchObject({ remove: [], unnamed: [{ id: old }] });
      await world.run();
      expect((await preview())[1]).toMatchObject({ remove: [{ id: old }], unnamed: [] });
      world.keys.vault.snapshots = world.keys.vault.snapshots.filter(
        ({ snapshot }) => snapshot.id === old,
      );
      expect((await preview())[1]).toMatchObject({ remove: [], unnamed: [{ id: old }] });
    });

    it('counts back from keys of ours where a clock is ahead of them, and from the clock where it is behind', async () => {
      const [first] = await someRuns(1);
      const old = await strange(WINDOW_DAYS - 1);
      world.pass(5 * DAY_MS);
      const preview = async () => (await world.backups(windowed()).retention())[1];
      expect(await preview()).toMatchObject({ remove: [] });
      const ahead = new Date(world.embedded.clock.now() + 400 * DAY_MS).toISOString();
      const keys = first?.sources[1]?.snapshot;
      world.keys.vault.snapshots = world.keys.vault.snapshots.map((kept) =>
        kept.snapshot.id === keys ? { ...kept, snapshot: { ...kept.snapshot, time: ahead } } : kept,
      );
      const young = await strange(WINDOW_DAYS - 1);
      expect(await preview()).toMatchObject({ remove: [{ id: old }], unnamed: [{ id: young }] });
    });

    it('are not removed before those that a good run names, however many there are', async () => {
      const runs = await someRuns(3, policyOf({ last: 5 }));
      for (let n = 0; n < 260; n++) await strange(400 + n);
      const { retention } = await world.run('manual', windowed());
      const [first, second] = runs.map(({ sources }) => sources[1]?.snapshot);
      expect(retention?.planned.keys).toHaveLength(250);
      expect(retention?.planned.keys).toEqual(expect.arrayContaining([first, second]));
    });
  });

  describe('of a source that was saved again, since its copy had gone', () => {
    const DAY_MS = 24 * 3600_000;
    /** Ends once with a fault after this; who takes it over has another disk. `known`: the document says what was saved. */
    const takenOver = async (known: boolean, other = {}) => {
      const backups = world.backups(other);
      const { run } = await backups.request({ kind: 'manual', key: `${known}`, by: 'operator' });
      if (known) world.keys.failNext('save', 'BACKUP_REPOSITORY_UNREACHABLE');
      else world.data.loseNextAnswer('save');
      await backups.advance(run.id, signal);
      const before = ids('data').slice(-1);
      await world.scratch.remove(run.id);
      world.innkeeper.content = `again, ${known}`;
      world.pass(3600_000);
      const ended = await world.finish(run.id, backups);
      expect(before).not.toContain(ended.sources[0]?.snapshot);
      return { replaced: before, ended };
    };

    it.each([true, false])(
      'raises no alarm, also in later runs (the run knew of it: %s)',
      async (known) => {
        const { replaced, ended } = await takenOver(known);
        const { status, warnings, retention } = ended;
        expect({ status, warnings }).toEqual({ status: 'succeeded', warnings: [] });
        expect(retention?.unnamed).toEqual([]);
        expect(ids('data')).toEqual([...replaced, ended.sources[0]?.snapshot]);
        world.pass(3600_000);
        expect(await world.run()).toMatchObject({ status: 'succeeded', warnings: [] });
        expect(await world.backups().adopt()).toEqual({ adopted: [], unnamed: [] });
      },
    );

    it('lets it go with its run and not before, since a bucket may hold what is young', async () => {
      const { replaced, ended } = await takenOver(true);
      world.pass(3600_000);
      const next = await world.run();
      expect(ids('data')).toEqual(expect.arrayContaining([...replaced]));
      world.pass(3600_000);
      expect((await world.run()).retention?.removed).toEqual(
        expect.arrayContaining([...replaced, ended.sources[0]?.snapshot]),
      );
      expect(ids('data')).toHaveLength(2);
      expect(ids('data')[0]).toBe(next.sources[0]?.snapshot);
    });

    it('lets keys go at once', async () => {
      const { clock } = world.embedded;
      const files = new MemorySource({ name: 'files', kind: 'folder', disk: world.disk, clock });
      // Keys are saved before it here, so that they are saved again with it.
      const sources = [world.keysSource, world.innkeeper, files];
      world.data.failNext('save', 'BACKUP_REPOSITORY_UNREACHABLE');
      const backups = world.backups({ sources });
      const { run } = await backups.request({ kind: 'manual', key: 'keys', by: 'operator' });
      await backups.advance(run.id, signal);
      const [young] = ids('keys');
      await world.scratch.remove(run.id);
      world.pass(3600_000);
      const { warnings, retention, sources: saved } = await world.finish(run.id, backups);
      expect({ warnings, removed: retention?.removed }).toEqual({ warnings: [], removed: [young] });
      expect(ids('keys')).toEqual([saved[0]?.snapshot]);
    });

    it('is as strange as all of its run where that failed, and stays', async () => {
      world.opens = false;
      const { replaced, ended } = await takenOver(true);
      expect(ended.status).toBe('failed');
      world.opens = true;
      world.pass(DAY_MS);
      const next = await world.run();
      expect(next.warnings.map(({ code }) => code)).toEqual(['BACKUP_SNAPSHOTS_UNNAMED']);
      expect(next.retention?.unnamed).toEqual([...replaced, ended.sources[0]?.snapshot]);
    });

    it('is not what somebody else tagged as a copy of this run', async () => {
      const { ended } = await takenOver(true);
      world.disk.write('/fake/file', 'x');
      const tags = ['innkeeper', 'source:innkeeper', 'kind:manual', `run:${ended.id}`];
      const host = 'innkeeper-test';
      const { id } = await world.data.save({ paths: ['/fake'], tags, host }, { signal });
      world.pass(3600_000);
      expect((await world.run()).retention?.unnamed).toEqual([id]);
    });
  });

  it('reads only runs whose snapshots may be there', async () => {
    await someRuns(4);
    const { items } = await world.embedded.documents.query(
      { name: 'backup_runs', fields: ['good', 'holds', 'open', 'owes', 'proved', 'requestedAt'] },
      { where: { holds: 1 }, limit: 10 },
    );
    expect(items).toHaveLength(2);
    expect((await world.backups().list({ limit: 10 })).items).toHaveLength(4);
  });

  it('can be looked at without a run, and removes nothing then', async () => {
    await someRuns(2);
    const few = policyOf({ last: 1 });
    const [data] = await world.backups(few).retention();
    expect(data).toMatchObject({ repository: 'data', unnamed: [] });
    expect(data?.keep).toHaveLength(1);
    expect(ids('data')).toHaveLength(2);
  });

  it('reads the repositories once for all who look at a time', async () => {
    await world.run();
    const backups = world.backups();
    const before = world.data.calls.length;
    await Promise.all([backups.retention(), backups.retention(), backups.retention()]);
    expect(world.data.calls.length - before).toBe(1);
    await backups.retention();
    expect(world.data.calls.length - before).toBe(2);
  });
});

describe('a drill', () => {
  it('is made daily only when the last good one is a week ago', async () => {
    expect(await world.run('daily')).toHaveProperty('drill');
    world.pass(6 * 24 * 3600_000);
    expect(await world.run('daily')).not.toHaveProperty('drill');
    world.pass(24 * 3600_000);
    expect(await world.run('daily')).toHaveProperty('drill');
  });

  it('says how old what came back is, and how long it took', async () => {
    const good = await world.run();
    world.pass(3600_000);
    const run = await world.run('drill');
    expect(run).toMatchObject({ status: 'succeeded', drillOf: good.id });
    expect(run.drill).toMatchObject({ of: good.id, verdict: 'good', rpoMs: 3600_000 });
    expect(run.steps.map(({ step }) => step)).toEqual([
      'admit',
      'prepare',
      'drill',
      'clean',
      'close',
    ]);
  });

  it('that finds a copy bad takes its run out of the good ones', async () => {
    const first = await world.run();
    world.pass(3600_000);
    const second = await world.run();
    const vault = world.data.vault;
    const kept = vault.snapshots.at(-1);
    if (!kept) throw new Error('no snapshot');
    const files = new Map([...kept.files].map(([path, text]) => [path, `${text} `]));
    vault.snapshots = [...vault.snapshots.slice(0, -1), { ...kept, files }];
    const drill = await world.run('drill');
    expect(drill).toMatchObject({ status: 'failed', error: { code: 'BACKUP_DRILL_FAILED' } });
    const backups = world.backups();
    expect(await backups.show(second.id)).toMatchObject({ drill: { verdict: 'bad' } });
    const { run } = await backups.request({ kind: 'drill', key: 'again', by: 'operator' });
    expect(await world.finish(run.id)).toMatchObject({ drillOf: first.id, status: 'succeeded' });
  });

  it('notices a copy that was put in the place of the one that was noted', async () => {
    const of = await world.run();
    const { vault } = world.data;
    const [kept] = vault.snapshots;
    if (!kept) throw new Error('no snapshot');
    for (const [before, after] of [
      ['first', 'other'],
      ['"kind":"innkeeper"', '"kind":"folder"'],
    ] as const) {
      const files = new Map(
        [...kept.files].map(([path, text]) => [path, text.replaceAll(before, after)]),
      );
      vault.snapshots = [{ ...kept, files }];
      expect(await world.run('drill')).toMatchObject({
        error: { code: 'BACKUP_DRILL_FAILED' },
        drill: { sources: [{ differences: [{ code: 'CHECKSUM_DIFFERS' }] }, { differences: [] }] },
      });
      const { run } = await world
        .backups()
        .request({ kind: 'drill', key: after, by: 'operator', drillOf: of.id });
      vault.snapshots = [kept];
      expect(await world.finish(run.id)).toMatchObject({ status: 'succeeded' });
    }
  });

  it('warns where nothing could be started from a database of others', async () => {
    const { clock } = world.embedded;
    const chat = new MemorySource({ name: 'chat', kind: 'mongodb', disk: world.disk, clock });
    const run = await world.run('manual', { sources: [world.innkeeper, chat, world.keysSource] });
    expect(run).toMatchObject({ status: 'succeeded_with_warnings', drill: { verdict: 'good' } });
    expect(run.warnings).toEqual([{ code: 'DATABASE_NOT_STARTED', step: 'drill', detail: 'chat' }]);
  });

  it('needs something to prove', async () => {
    const backups = world.backups();
    const ask = (drillOf?: string) =>
      backups.request({ kind: 'drill', key: 'a', by: 'operator', ...(drillOf && { drillOf }) });
    await expect(ask()).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
    await expect(ask('no-run')).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
    await expect(backups.show('no-run')).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
  });
});
