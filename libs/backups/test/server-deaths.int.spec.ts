import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { BackupRun, RunStep } from '../src/run/backup-run.js';
import { ServersWorld, type Death } from './servers-world.js';

const MINUTE_MS = 60_000;

let world: ServersWorld;
beforeEach(async () => {
  world = await ServersWorld.open();
});
afterEach(() => world.close());

const isAt = (step: BackupRun['step']) => (run: BackupRun) => run.step === step;

/** Each call that a process makes while its run is at such a step, and each of them as made and as not made. */
const deathsAt = async (steps: readonly RunStep[]): Promise<readonly Death[]> => {
  const calm = await ServersWorld.open();
  try {
    const worker = calm.start();
    const run = await calm.run();
    expect(run.status).toBe('succeeded');
    return worker.calls.flatMap(({ step }, at) =>
      steps.some((one) => one === step)
        ? [true, false].map((isDone) => ({ call: at + 1, isDone }))
        : [],
    );
  } finally {
    await calm.close();
  }
};

const dying = async (death: Death) => {
  const within = await ServersWorld.open();
  try {
    const first = within.start({}, death);
    const id = await within.ask();
    await within.until(id, ({ endedAt }) => first.isDead || endedAt !== undefined);
    within.start();
    const run = await within.ended(id);
    const { made, machines } = within.fleet;
    const { status, warnings, server } = run;
    const locks = within.base.data.locks + within.base.keys.locks;
    const kept = within.base.data.vault.snapshots.length;
    return {
      isDead: first.isDead,
      status,
      warnings,
      made,
      left: machines.length,
      locks,
      kept,
      server,
    };
  } finally {
    await within.close();
  }
};

describe('a process that dies at any call', () => {
  it.each<[string, readonly RunStep[], number]>([
    ['before it has a server', ['prepare', 'export'], 8],
    ['while it orders one', ['boot'], 20],
    ['while it follows what is saved', ['save'], 10],
    ['while it follows the rest', ['check', 'drill'], 10],
    ['while it destroys it', ['destroy'], 10],
    ['while it leaves', ['clean', 'close'], 8],
  ])('%s leaves one server to whoever goes on, and none in the end', async (_, steps, atLeast) => {
    const deaths = await deathsAt(steps);
    expect(deaths.length).toBeGreaterThanOrEqual(atLeast);
    for (const death of deaths) {
      const ended = await dying(death);
      expect({ death, ...ended }).toMatchObject({
        ...{ death, isDead: true, status: 'succeeded', warnings: [] },
        ...{ made: 1, left: 0, locks: 0, kept: 1, server: { state: 'gone', number: 1, cents: 2 } },
      });
    }
  });
});

describe('two processes', () => {
  it('order one server between them, though one stands still in the middle', async () => {
    world.start();
    world.start();
    expect(await world.run()).toMatchObject({ status: 'succeeded', server: { number: 1 } });
    expect([world.fleet.made, world.fleet.machines.length]).toEqual([1, 0]);
  });

  it('of which the first one wakes up late: its order does not stay', async () => {
    const slow = world.start();
    const order = Promise.withResolvers<void>();
    const create = world.fleet.create.bind(world.fleet);
    let orders = 0;
    world.fleet.create = async (...asked) => {
      orders += 1;
      if (orders === 1) await order.promise;
      return create(...asked);
    };
    const id = await world.ask();
    await world.until(id, isAt('boot'));
    slow.isDead = true;
    world.start();
    await world.until(id, isAt('save'));
    order.resolve();
    expect(await world.ended(id)).toMatchObject({ status: 'succeeded', warnings: [] });
    expect([world.fleet.made, world.fleet.machines.length]).toEqual([1, 0]);
  });

  it('that both died: a server of the older order is not taken for that of the newer one', async () => {
    const create = world.fleet.create.bind(world.fleet);
    let late: (() => Promise<unknown>) | undefined;
    world.fleet.create = (...asked) => {
      late ??= () => create(asked[0], { signal: new AbortController().signal });
      return new Promise(() => undefined);
    };
    const id = await world.ask();
    for (let claims = 1; claims <= 2; claims++) {
      const worker = world.start();
      await world.until(id, (run) => run.claims === claims && isAt('boot')(run));
      worker.isDead = true;
    }
    await late?.();
    world.fleet.create = create;
    world.start();
    expect(await world.ended(id)).toMatchObject({ status: 'succeeded', warnings: [] });
    expect([world.fleet.made, world.fleet.machines.length]).toEqual([2, 0]);
    expect(world.agents.refused).toHaveLength(1);
  });

  it('of which the order of the dead one arrives first: a server that nobody knows is replaced', async () => {
    world.fleet.startMs = MINUTE_MS;
    const slow = world.start();
    const create = world.fleet.create.bind(world.fleet);
    const find = world.fleet.find.bind(world.fleet);
    let late: (() => Promise<unknown>) | undefined;
    world.fleet.create = (...asked) => {
      if (late) return create(...asked);
      late = () => create(asked[0], { signal: new AbortController().signal });
      return new Promise(() => undefined);
    };
    const id = await world.ask();
    await world.until(id, isAt('boot'));
    slow.isDead = true;
    let looks = 0;
    world.fleet.find = async (...asked) => {
      const found = await find(...asked);
      looks += 1;
      // Between the look of the next one and its order.
      if (looks === 1) await late?.();
      return found;
    };
    world.start();
    const run = await world.ended(id);
    expect(run).toMatchObject({ status: 'succeeded', warnings: [], server: { number: 2 } });
    expect([world.fleet.made, world.fleet.machines.length]).toEqual([2, 0]);
  });
});

describe('a process that can follow servers only', () => {
  const can: ReadonlySet<RunStep> = new Set(['boot', 'save', 'check', 'drill', 'destroy', 'close']);

  it('orders, follows and destroys for a machine that is away, and ends the run', async () => {
    world.fleet.startMs = MINUTE_MS;
    world.agents.habits = ['deaf'];
    const orchestrator = world.start();
    const id = await world.ask();
    await world.until(id, isAt('boot'));
    orchestrator.isDead = true;
    const only = world.start({ can });
    const run = await world.ended(id);
    const cutOff = (step: RunStep) => ({ code: 'BACKUP_CUT_OFF', step, detail: '' });
    expect(run).toMatchObject({
      ...{ status: 'succeeded_with_warnings', drill: { verdict: 'good' } },
      ...{ server: { state: 'gone', number: 1 }, warnings: [cutOff('preview'), cutOff('forget')] },
    });
    const { goneAt = 0, expiresAt = 0 } = run.server ?? {};
    expect(goneAt - expiresAt).toBeLessThan(15 * MINUTE_MS);
    expect(world.fleet.machines).toEqual([]);
    // The folders are the other machine's, which removes them when it is back.
    expect(world.base.disk.under('/scratch')).not.toEqual([]);
    only.stopping.abort();
    world.start();
    await world.pass(MINUTE_MS);
    expect(world.base.disk.under('/scratch')).toEqual([]);
  });

  it('leaves a run alone that works elsewhere, or stands where it can do nothing', async () => {
    const id = await world.ask();
    world.start({ can });
    await world.pass(3 * 60 * MINUTE_MS);
    expect(await world.show(id)).toMatchObject({ status: 'requested', claims: 0 });
  });
});
