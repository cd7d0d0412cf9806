import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { Code } from '#libs/kernel';

import { composeBackups } from '../src/compose.js';
import { runSteps, type BackupRun } from '../src/run/backup-run.js';
import { changeServer, readServerOf } from '../src/server/server-documents.js';
import { ServersWorld } from './servers-world.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let world: ServersWorld;
beforeEach(async () => {
  world = await ServersWorld.open();
});
afterEach(() => world.close());

const stepsOf = ({ steps }: BackupRun) => steps.map(({ step }) => step);
const snapshotsIn = (repository: 'data' | 'keys') =>
  world.base[repository].vault.snapshots.map(({ snapshot }) => snapshot.id);
const isAt = (step: BackupRun['step']) => (run: BackupRun) => run.step === step;

describe('a run on a server of its own', () => {
  it('saves, checks and proves there, and leaves no server', async () => {
    world.start();
    const run = await world.run();
    expect(run).toMatchObject({
      ...{ status: 'succeeded', worksOn: 'server', warnings: [], drill: { verdict: 'good' } },
      server: { state: 'gone', number: 1, cents: 2, type: 'memory', location: 'here' },
    });
    expect(stepsOf(run)).toEqual([...runSteps]);
    expect(snapshotsIn('data')).toEqual([run.sources[0]?.snapshot]);
    expect(world.fleet.machines).toEqual([]);
    expect(world.fleet.made).toBe(1);
    expect(world.base.disk.under('/scratch')).toEqual([]);
    expect([world.base.data.locks, world.base.keys.locks]).toEqual([0, 0]);
  });

  it('shows the whole life of its server, and names it so that it is found', async () => {
    world.fleet.startMs = MINUTE_MS;
    world.start();
    const run = await world.run();
    const states = world.base.told.map(({ step, server }) => [step, server?.state]);
    expect(states).toContainEqual(['save', 'made']);
    expect(states).toContainEqual(['check', 'heard']);
    expect(run.server).toMatchObject({ name: `innkeeper-test-backup-${run.id}` });
    const { wantedAt = 0, madeAt = 0, heardAt = 0, goneAt = 0 } = run.server ?? {};
    expect(madeAt - wantedAt).toBeGreaterThanOrEqual(MINUTE_MS);
    expect(heardAt).toBeGreaterThanOrEqual(wantedAt + MINUTE_MS);
    expect(goneAt).toBeGreaterThan(heardAt);
  });

  it('takes the progress of its server for its own', async () => {
    const progress = { of: 'innkeeper', filesDone: 1, bytesDone: 2 };
    world.agents.habits = ['stuck'];
    world.agents.progress = progress;
    world.start();
    const run = await world.until(await world.ask(), (now) => now.progress !== undefined);
    expect(run).toMatchObject({ step: 'save', progress });
  });

  it('orders a drill only when one is due', async () => {
    world.start();
    await world.run();
    const daily = await world.run('daily');
    expect(daily).toMatchObject({ status: 'succeeded' });
    expect(daily).not.toHaveProperty('drill');
    world.base.pass(8 * 24 * HOUR_MS);
    expect(await world.run('daily')).toMatchObject({ drill: { verdict: 'good' } });
  });

  it('proves an older run there, and its verdict counts for that', async () => {
    world.start();
    const older = await world.run();
    world.base.opens = false;
    const drill = await world.run('drill');
    expect(drill).toMatchObject({
      ...{ status: 'failed', error: { code: 'BACKUP_DRILL_FAILED', step: 'drill' } },
      drill: { of: older.id, verdict: 'bad' },
      server: { state: 'gone' },
    });
    expect((await world.show(older.id)).drill).toMatchObject({ verdict: 'bad' });
  });

  it('needs room here for its copies only', async () => {
    world.start();
    world.base.innkeeper.content = 'x'.repeat(1000);
    const { sources } = await world.run();
    const copied = sources.reduce((sum, { bytes }) => sum + bytes, 0);
    world.base.scratch.freeBytes = copied;
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
    world.base.scratch.freeBytes = copied - 1;
    expect(await world.run()).toMatchObject({ error: { code: 'BACKUP_SCRATCH_FULL' } });
  });

  it('gives its token to nobody but its server, and keeps only the sum of it', async () => {
    world.start();
    const id = await world.ask();
    await world.until(id, isAt('save'));
    const [machine] = world.fleet.machines;
    const { server } = await readServerOf(world.partsOf(), id);
    const { token } = JSON.parse(machine?.userData ?? '{}') as { token: string };
    expect(token).toMatch(/^token/);
    expect(server?.tokenSum).toMatch(/^[0-9a-f]{64}$/);
    const kept = JSON.stringify([server, await world.show(id), world.base.notices]);
    expect(kept).not.toContain(token);
    expect(machine?.labels).toEqual({
      ...{ 'innkeeper-environment': 'test', 'innkeeper-run': id },
      'innkeeper-expires': String((server?.expiresAt ?? 0) / 1000),
    });
  });

  it('says once where its server got credentials that do not end with it', async () => {
    world.agents.lasting = ['data', 'keys'];
    world.start();
    const run = await world.run();
    const detail = 'repositories=data,keys';
    expect(run).toMatchObject({ status: 'succeeded_with_warnings', drill: { verdict: 'good' } });
    expect(run.warnings).toEqual([{ code: 'BACKUP_CREDENTIALS_LASTING', step: 'boot', detail }]);
  });

  it.each([
    ['that nobody saved', () => 'f'.repeat(64)],
    ['of an older run', ({ sources }: BackupRun) => sources[0]?.snapshot ?? ''],
  ])('is not good where its server names a snapshot %s', async (_, snapshotOf) => {
    world.start();
    const snapshot = snapshotOf(await world.run());
    world.agents.arrives = (report) => ({
      ...report,
      ended: report.ended.map(({ note, ...end }) => ({
        ...end,
        note: {
          ...note,
          ...(note.sources && { sources: note.sources.map((one) => ({ ...one, snapshot })) }),
        },
      })),
    });
    const lied = await world.run();
    expect(lied).toMatchObject({
      ...{ status: 'failed', error: { code: 'BACKUP_REPOSITORY_DAMAGED', step: 'preview' } },
      server: { state: 'gone' },
    });
    expect(lied.warnings).toContainEqual({
      ...{ code: 'SNAPSHOT_GONE', step: 'preview' },
      detail: `${snapshot.slice(0, 8)} is not in data as a snapshot of this run`,
    });
  });

  it('fails with what its server says when it gives up, and destroys it', async () => {
    world.agents.habits = ['BACKUP_REPOSITORY_UNREACHABLE'];
    world.start();
    const run = await world.run();
    expect(run).toMatchObject({
      ...{ status: 'failed', error: { code: 'BACKUP_REPOSITORY_UNREACHABLE', step: 'save' } },
      server: { state: 'gone', number: 1 },
    });
    expect(world.fleet.machines).toEqual([]);
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
  });
});

describe('a server that cannot be had', () => {
  it('is asked for again when they are sold out', async () => {
    world.fleet.isSoldOut = true;
    world.start();
    const id = await world.ask();
    await world.until(id, ({ failures }) => failures === 2);
    world.fleet.isSoldOut = false;
    expect(await world.ended(id)).toMatchObject({ status: 'succeeded', server: { number: 1 } });
  });

  it.each<[Code, Partial<BackupRun>]>([
    ['SERVER_IMAGE_MISSING', { status: 'failed' }],
    ['FLEET_ACCESS_DENIED', { status: 'failed' }],
  ])('because of %s ends the run at once', async (code, ended) => {
    world.fleet.failNext('create', code);
    world.start();
    expect(await world.run()).toMatchObject({ ...ended, error: { code, step: 'boot' } });
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
  });

  it('because somebody else has its name ends the run, and that one stays', async () => {
    world.start();
    const id = await world.ask();
    world.fleet.addStranger(`innkeeper-test-backup-${id}`);
    const run = await world.ended(id);
    expect(run).toMatchObject({ error: { code: 'SERVER_NAME_TAKEN', step: 'boot' } });
    expect(world.fleet.machines).toHaveLength(1);
  });

  it('because there were enough of them today ends the run, until tomorrow', async () => {
    world.serversPerDay = 2;
    world.start();
    const spent = { error: { code: 'BACKUP_SERVER_BUDGET_SPENT', step: 'boot' } };
    for (const ended of [{ status: 'succeeded' }, { status: 'succeeded' }, spent])
      expect(await world.run()).toMatchObject(ended);
    world.base.pass(24 * HOUR_MS);
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
  });

  it('because it does not start is replaced once', async () => {
    world.fleet.startMs = Infinity;
    world.start();
    const id = await world.ask();
    await world.until(id, ({ server }) => server?.state === 'gone');
    world.fleet.startMs = 0;
    expect(await world.ended(id)).toMatchObject({ status: 'succeeded', server: { number: 2 } });
    world.fleet.startMs = Infinity;
    const run = await world.run();
    expect(run).toMatchObject({ error: { code: 'SERVER_NOT_STARTED' }, server: { number: 2 } });
    expect(world.fleet.machines).toEqual([]);
  });
});

describe('an answer of the fleet that is lost', () => {
  it.each(['create', 'ready', 'find', 'destroy'] as const)(
    'to %s costs no server',
    async (call) => {
      world.fleet.loseNextAnswer(call);
      world.start();
      expect(await world.run()).toMatchObject({ status: 'succeeded', server: { state: 'gone' } });
      expect([world.fleet.made, world.fleet.machines.length]).toEqual([1, 0]);
    },
  );

  it('for so long that the run begins its step again costs none either', async () => {
    for (let times = 0; times < 6; times++) world.fleet.loseNextAnswer('create');
    world.start();
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
    expect([world.fleet.made, world.fleet.machines.length]).toEqual([1, 0]);
  });
});

describe('a server that is lost', () => {
  it.each([
    ['never called', 'silent', 'BACKUP_SERVER_SILENT'],
    ['ended in the middle', 'dead', 'BACKUP_SERVER_LOST'],
  ] as const)('because it %s is replaced, and the run warns of it', async (_, habit, code) => {
    world.agents.habits = [habit];
    world.start();
    const run = await world.run();
    expect(run).toMatchObject({
      ...{ status: 'succeeded_with_warnings', warnings: [{ code, step: 'save' }] },
      server: { state: 'gone', number: 2, cents: 4 },
    });
    expect([world.fleet.made, world.fleet.machines.length]).toEqual([2, 0]);
    expect(snapshotsIn('data')).toEqual([run.sources[0]?.snapshot]);
  });

  it('twice ends the run', async () => {
    world.agents.habits = ['silent', 'dead'];
    world.start();
    const run = await world.run();
    expect(run).toMatchObject({
      ...{ status: 'failed', error: { code: 'BACKUP_SERVER_LOST', step: 'save' } },
      server: { state: 'gone', number: 2 },
    });
    expect([world.fleet.made, world.fleet.machines.length]).toEqual([2, 0]);
  });

  it('after everything was saved and removed is replaced for the rest only', async () => {
    const { data } = world.base;
    const prune = data.prune.bind(data);
    data.prune = (watch) => {
      for (const { name } of world.fleet.machines) world.fleet.lose(name);
      return prune(watch);
    };
    world.start();
    const run = await world.run();
    expect(run).toMatchObject({ server: { number: 2 }, drill: { verdict: 'good' } });
    expect(stepsOf(run).filter((step) => step === 'forget')).toHaveLength(1);
    expect(snapshotsIn('data')).toHaveLength(1);
  });

  it('with the copies that it was to fetch is replaced for new copies', async () => {
    world.fleet.startMs = MINUTE_MS;
    world.start();
    const id = await world.ask();
    await world.until(id, isAt('boot'));
    world.base.disk.remove('/scratch');
    const run = await world.ended(id);
    expect(run).toMatchObject({
      ...{ status: 'succeeded_with_warnings', server: { number: 2 } },
      warnings: [{ code: 'BACKUP_EXPORT_ELSEWHERE', step: 'save' }],
    });
    expect(stepsOf(run).filter((step) => step === 'export')).toHaveLength(2);
  });
});

describe('a server of which nothing is heard', () => {
  it('is believed what it left where the backups are', async () => {
    world.agents.habits = ['deaf'];
    world.start();
    const run = await world.run('monthly');
    expect(run).toMatchObject({ status: 'succeeded', warnings: [], drill: { verdict: 'good' } });
    expect([world.fleet.made, world.fleet.machines.length]).toEqual([1, 0]);
    // What was left is taken away once, and not looked for where there was nothing.
    expect(world.agents.forgotten).toEqual([run.id]);
    await world.run();
    expect(world.agents.forgotten).toEqual([run.id]);
  });

  it('is not taken for the one before it, whose report lies there and has its name', async () => {
    world.agents.habits = ['dead', 'deaf'];
    world.start();
    const id = await world.ask();
    const { server } = await world.until(id, ({ server: made }) => made?.number === 2);
    // Everything that it says is later than what the second one is to say, and of no use.
    world.agents.left.set(id, {
      ...{ run: id, server: server?.name ?? '', order: (server?.expiresAt ?? 0) - 1000 },
      ...{ number: 1000, doing: 'done', ended: [] },
      error: { at: 'save', code: 'BACKUP_SOURCE_MISSING' },
    });
    expect(await world.ended(id)).toMatchObject({
      ...{ status: 'succeeded_with_warnings', server: { number: 2 } },
      warnings: [{ code: 'BACKUP_SERVER_LOST' }],
    });
  });

  it('may go on until its time is over, and is destroyed then', async () => {
    world.agents.habits = ['stuck'];
    world.hoursPerServer = 1;
    world.start();
    const run = await world.run();
    expect(run).toMatchObject({
      ...{ status: 'failed', error: { code: 'BACKUP_SERVER_OVERDUE', step: 'save' } },
      server: { state: 'gone', number: 1, cents: 2 },
    });
    const { goneAt = 0, expiresAt = 0 } = run.server ?? {};
    expect(goneAt - expiresAt).toBeLessThan(MINUTE_MS);
  });

  it('is believed what it said, though it was destroyed before anybody read it', async () => {
    world.agents.habits = ['stuck'];
    const first = world.start();
    const id = await world.ask();
    await world.until(id, isAt('save'));
    first.isDead = true;
    await changeServer(world.partsOf(), id, (server) => ({
      ...server,
      report: {
        ...{ run: id, server: server.name, order: server.expiresAt, number: 1000, doing: 'done' },
        ...{ ended: [], error: { at: 'save', code: 'BACKUP_SOURCE_MISSING' } },
      },
    }));
    expect((await composeBackups(world.partsOf()).reap()).destroyed).toHaveLength(1);
    await world.pass(MINUTE_MS);
    world.start();
    expect(await world.ended(id)).toMatchObject({
      ...{ status: 'failed', error: { code: 'BACKUP_SOURCE_MISSING', step: 'save' } },
      server: { state: 'gone', number: 1 },
    });
    expect(world.fleet.made).toBe(1);
  });

  it('is not silent where nobody could hear it', async () => {
    world.agents.habits = ['late'];
    const first = world.start();
    const id = await world.ask();
    await world.until(id, isAt('save'));
    first.isDead = true;
    await world.pass(20 * MINUTE_MS);
    world.start();
    expect(await world.ended(id)).toMatchObject({ status: 'succeeded', server: { number: 1 } });
  });

  it('is not given up because the fleet is away', async () => {
    world.agents.habits = ['deaf'];
    world.start();
    const id = await world.ask();
    await world.until(id, isAt('save'));
    world.fleet.down = 'FLEET_UNREACHABLE';
    await world.until(id, isAt('destroy'));
    world.fleet.down = undefined;
    expect(await world.ended(id)).toMatchObject({ status: 'succeeded', server: { number: 1 } });
  });
});

describe('a server that cannot be destroyed', () => {
  const atDestroy = async () => {
    world.start();
    const id = await world.ask();
    await world.until(id, isAt('save'));
    return id;
  };

  it('for a while goes later, and the run waits for it', async () => {
    const id = await atDestroy();
    const [machine] = world.fleet.machines;
    if (machine) machine.staysUntil = world.base.embedded.clock.now() + 10 * MINUTE_MS;
    expect(await world.ended(id)).toMatchObject({ status: 'succeeded', server: { state: 'gone' } });
    expect(world.fleet.machines).toEqual([]);
  });

  it.each([
    [
      'for hours',
      (machine: { staysUntil: number }) => (machine.staysUntil = Infinity),
      'FLEET_UNREACHABLE',
    ],
    [
      'by anybody',
      (machine: { isProtected: boolean }) => (machine.isProtected = true),
      'SERVER_PROTECTED',
    ],
  ] as const)('%s leaves the verdict and a warning', async (_, hold, code) => {
    const id = await atDestroy();
    const [machine] = world.fleet.machines;
    if (machine) hold(machine);
    const run = await world.ended(id);
    expect(run).toMatchObject({
      ...{ status: 'succeeded_with_warnings', server: { state: 'heard' } },
      warnings: [{ code: 'SERVER_LEFT', step: 'destroy', detail: expect.stringContaining(code) }],
    });
    expect(world.fleet.machines).toHaveLength(1);
  });
});
