import { setImmediate } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { fault } from '#libs/kernel';

import { readFleetLook } from '../src/server/fleet-look.js';
import { readServerOf } from '../src/server/server-documents.js';
import { ended, ENVIRONMENT, ReapWorld } from './reap-world.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let world: ReapWorld;
beforeEach(async () => {
  world = await ReapWorld.open();
});
afterEach(() => world.close());

const why = (why: string) => expect.objectContaining({ why });

describe('a server whose run has ended', () => {
  it('goes at the first look; its run hears so with what it cost, and its secrets are forgotten', async () => {
    const { id, machine } = await world.run(ended(world.now), { cents: 3 });
    world.pass(61 * MINUTE_MS);
    const { destroyed, left } = await world.reap();
    expect(destroyed).toEqual([{ name: machine.name, run: id, why: 'run_ended' }]);
    expect([left, world.names]).toEqual([[], []]);
    // Two hours were begun, beside the server before.
    expect((await world.process().show(id)).server).toMatchObject({ state: 'gone', cents: 6 });
    const { server } = await readServerOf(world.parts(), id);
    expect(server).toMatchObject({ run: id, tokenSum: '' });
    expect(server?.used).toBeUndefined();
    expect(world.backups.notices).toEqual([
      { event: 'backup.server_reaped', name: machine.name, run: id, why: 'run_ended' },
    ]);
  });

  it('goes where the run is past the step that destroys it, and where another one is current', async () => {
    await world.run({ step: 'clean' });
    await world.run({}, { id: 'another' });
    expect((await world.reap()).destroyed).toEqual([why('run_ended'), why('run_ended')]);
  });

  it('stays until its run is at that step', async () => {
    for (const step of ['boot', 'save', 'preview', 'destroy'] as const) await world.run({ step });
    await world.run({ step: 'boot' }, { state: 'wanted', id: undefined });
    world.pass(HOUR_MS);
    expect(await world.reap()).toEqual({ destroyed: [], left: [] });
    expect(world.names).toHaveLength(5);
  });

  it('is noted as gone where the look that destroyed it died before its note', async () => {
    const { id, machine } = await world.run(ended(world.now));
    await world.fleet.destroy(machine.id, { signal: new AbortController().signal });
    expect((await world.process().show(id)).server?.state).toBe('heard');
    await world.reap();
    expect((await world.process().show(id)).server?.state).toBe('gone');
  });
});

describe('a server that has said that it is done', () => {
  it('goes before its time, and what it said stays for who goes on with its run', async () => {
    const { id } = await world.run({ step: 'preview' });
    await world.says(id, 'done');
    expect(await world.reap()).toEqual({ destroyed: [why('run_ended')], left: [] });
    expect((await world.process().show(id)).server?.state).toBe('gone');
    const { server } = await readServerOf(world.parts(), id);
    expect(server?.report).toMatchObject({ doing: 'done' });
  });

  it('stays where another one said so, or it waits for a step', async () => {
    const replaced = await world.run({ step: 'save' });
    await world.says(replaced.id, 'done', { order: 1_000 });
    await world.says((await world.run({ step: 'preview' })).id, 'wait');
    expect(await world.reap()).toEqual({ destroyed: [], left: [] });
  });
});

describe('a server that waits for a run', () => {
  const waits = async (step: 'forget' | 'preview' | 'save' = 'preview') => {
    const made = await world.run({ step });
    await world.says(made.id, 'wait');
    return made;
  };

  it('goes when nobody has worked at the run for an hour, which two looks must say', async () => {
    const { id, machine } = await waits();
    const looksAfter = async (ms: number) => {
      world.pass(ms);
      return (await world.reap()).destroyed;
    };
    expect(await looksAfter(HOUR_MS - 1)).toEqual([]);
    expect(await looksAfter(1)).toEqual([]);
    expect(await looksAfter(MINUTE_MS - 1)).toEqual([]);
    expect(world.isThere(machine.name)).toBe(true);
    expect(await looksAfter(1)).toEqual([why('run_ended')]);
    expect((await world.process().show(id)).server?.state).toBe('gone');
  });

  it('stays while somebody works at the run, though the clock of a look is wrong by two hours', async () => {
    const { id } = await waits('forget');
    for (let looks = 0; looks < 20; looks++) {
      world.pass(2 * MINUTE_MS);
      await world.renew(id);
      expect((await world.reap({ aheadMs: 2 * HOUR_MS })).destroyed).toEqual([]);
    }
  });

  it('stays where it has work of its own, whoever is there', async () => {
    await waits('save');
    for (let looks = 0; looks < 3; looks++) {
      world.pass(HOUR_MS);
      expect((await world.reap()).destroyed).toEqual([]);
    }
  });

  it('is not over at once where its time ends after that', async () => {
    const { id } = await waits();
    world.pass(5 * HOUR_MS);
    await world.reap();
    await world.renew(id);
    world.pass(HOUR_MS + 1);
    await world.renew(id);
    expect(await world.reap()).toEqual({ destroyed: [], left: [why('overdue')] });
  });
});

describe('a server whose time is over', () => {
  it('goes at the second look, a minute later, where nobody works with it any more', async () => {
    const { id } = await world.run({}, { hours: 1 });
    world.pass(HOUR_MS + 1);
    expect(await world.reap()).toEqual({ destroyed: [], left: [why('overdue')] });
    world.pass(MINUTE_MS - 1);
    expect(await world.reap()).toEqual({ destroyed: [], left: [why('overdue')] });
    world.pass(1);
    expect(await world.reap()).toEqual({ destroyed: [why('overdue')], left: [] });
    expect((await world.process().show(id)).server?.state).toBe('gone');
  });

  it('stays while its work is heard, and goes three hours later even so', async () => {
    const { id, machine } = await world.run({}, { hours: 1 });
    world.pass(HOUR_MS + 1);
    for (let looks = 0; looks <= 35; looks++) {
      await world.hear(id);
      expect((await world.reap()).destroyed).toEqual([]);
      world.pass(5 * MINUTE_MS);
    }
    await world.hear(id);
    expect((await world.reap()).destroyed).toEqual([why('overdue')]);
    expect(world.isThere(machine.name)).toBe(false);
  });

  it('goes though its run is worked at, where it has powered off', async () => {
    const { id, machine } = await world.run({}, { hours: 1 });
    world.fleet.end(machine.name);
    world.pass(HOUR_MS + 1);
    await world.reap();
    world.pass(MINUTE_MS);
    await world.hear(id);
    expect((await world.reap()).destroyed).toEqual([why('overdue')]);
  });

  it('goes by its label alone where its run has no document, and not while it is young', async () => {
    const unknown = '00000000-0000-8000-8000-00000000dead';
    const machine = await world.machineOf(unknown, world.now + 20 * MINUTE_MS);
    expect((await world.reap()).left).toEqual([why('just_seen')]);
    world.pass(10 * MINUTE_MS);
    expect(await world.reap()).toEqual({ destroyed: [], left: [] });
    world.pass(11 * MINUTE_MS);
    expect((await world.reap()).left).toEqual([why('overdue')]);
    world.pass(MINUTE_MS);
    expect((await world.reap()).destroyed).toEqual([why('overdue')]);
    expect(world.isThere(machine.name)).toBe(false);
  });

  it('is gone within a quarter of an hour when everybody who worked with it is dead', async () => {
    const { machine, expiresAt } = await world.run();
    for (let looks = 0; world.isThere(machine.name) && looks < 500; looks++) {
      world.pass(5 * MINUTE_MS);
      await world.reap();
    }
    expect(world.now - expiresAt).toBeLessThanOrEqual(15 * MINUTE_MS);
    expect(world.now).toBeGreaterThan(expiresAt);
  });
});

describe('clocks', () => {
  it('that are wrong by two hours in one process kill no server at work', async () => {
    const looks = fc.array(fc.record({ afterMs: fc.nat(6 * MINUTE_MS), isWrong: fc.boolean() }), {
      minLength: 30,
      maxLength: 90,
    });
    await fc.assert(
      fc.asyncProperty(looks, fc.integer({ min: -2, max: 2 }), async (several, hours) => {
        const one = await ReapWorld.open();
        const { id, machine, expiresAt } = await one.run({}, { hours: 3 });
        const wrong = one.process({ aheadMs: hours * HOUR_MS });
        const right = one.process();
        for (const { afterMs, isWrong } of several) {
          one.pass(afterMs);
          if (one.now < expiresAt) await one.hear(id);
          await (isWrong ? wrong : right).reap();
          if (one.now < expiresAt) expect(one.isThere(machine.name)).toBe(true);
        }
        await one.close();
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('that are wrong by two hours leave no server for more than a quarter of an hour', async () => {
    for (const hours of [-2, 2]) {
      const { machine, expiresAt } = await world.run({}, { hours: 3 });
      world.pass(expiresAt - world.now);
      while (world.isThere(machine.name) && world.now < expiresAt + HOUR_MS) {
        world.pass(5 * MINUTE_MS);
        await world.reap({ aheadMs: hours * HOUR_MS });
        await world.reap();
      }
      expect(world.now - expiresAt).toBeLessThanOrEqual(15 * MINUTE_MS);
    }
  });
});

describe('a look at the fleet', () => {
  it('destroys five at most, says so, and the next one goes on', async () => {
    for (let i = 0; i < 7; i++) await world.run(ended(world.now));
    const first = await world.reap();
    expect([first.destroyed.length, first.left]).toEqual([5, [why('too_many'), why('too_many')]]);
    expect((await world.reap()).destroyed).toHaveLength(2);
    expect(world.names).toEqual([]);
  });

  it('leaves one that is protected, and says so', async () => {
    const { machine } = await world.run(ended(world.now));
    machine.isProtected = true;
    expect(await world.reap()).toEqual({ destroyed: [], left: [why('protected')] });
    machine.isProtected = false;
    expect((await world.reap()).destroyed).toHaveLength(1);
  });

  it('goes on with the others where the fleet does not remove one', async () => {
    const { machine } = await world.run(ended(world.now));
    machine.staysUntil = world.now + HOUR_MS;
    await world.run(ended(world.now));
    expect(await world.reap()).toEqual({ destroyed: [why('run_ended')], left: [why('refused')] });
    world.pass(HOUR_MS);
    expect((await world.reap()).destroyed).toHaveLength(1);
  });

  it('looks for a minute at the most where the fleet takes its time, and the next look goes on', async () => {
    await world.run(ended(world.now));
    world.fleet.leaveMs = HOUR_MS;
    const since = world.now;
    // Time passes by what the fleet waits for.
    const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
      const until = world.now + ms;
      while (!signal.aborted && world.now < until) await setImmediate();
    };
    expect(await world.reap({ sleep })).toEqual({ destroyed: [], left: [why('refused')] });
    expect(world.now - since).toBeLessThan(2 * MINUTE_MS);
    world.pass(HOUR_MS);
    await world.reap();
    expect(world.names).toEqual([]);
  });

  it('destroys nothing where a document cannot be read', async () => {
    await world.run(ended(world.now));
    const { documents } = world.parts();
    let reads = 0;
    const broken: typeof documents = Object.assign(Object.create(documents) as typeof documents, {
      get: (...asked: Parameters<typeof documents.get>) =>
        (reads += 1) > 2 ? Promise.reject(fault('DOCUMENTS_UNAVAILABLE')) : documents.get(...asked),
    });
    await expect(world.reap({ documents: broken })).rejects.toMatchObject({
      code: 'DOCUMENTS_UNAVAILABLE',
    });
    expect(world.names).toHaveLength(1);
  });

  it('is harmless twice at once', async () => {
    const { id } = await world.run(ended(world.now));
    await world.run();
    await Promise.all([world.reap(), world.reap()]);
    expect(world.names).toHaveLength(1);
    expect((await world.process().show(id)).server?.cents).toBe(1.5);
  });

  it('keeps since when a server is left, over all looks', async () => {
    const { machine } = await world.run(ended(world.now));
    machine.isProtected = true;
    const since = world.now;
    await world.reap();
    world.pass(HOUR_MS);
    await world.reap();
    const { look } = await readFleetLook(world.parts());
    expect(look).toMatchObject({ at: since + HOUR_MS });
    expect(look?.standing).toMatchObject([{ left: { why: 'protected', since } }]);
  });

  it('does nothing where backups have no servers', async () => {
    expect(await world.reap({ servers: undefined })).toEqual({ destroyed: [], left: [] });
    expect(world.fleet.calls).toEqual([]);
  });
});

/** A server that is not ours, in one way or another. */
const strangers = fc.constantFrom(
  ...['environment', 'run', 'expires', 'name', 'environment of its name'],
);

/** What somebody would write who trusts the label of the environment. */
const trustful = async (one: ReapWorld): Promise<void> => {
  const { signal } = new AbortController();
  for (const { id, labels } of await one.fleet.list(
    { 'innkeeper-environment': ENVIRONMENT },
    { signal },
  ))
    if (Number(labels['innkeeper-expires'] ?? 0) * 1000 < one.now)
      await one.fleet.destroy(id, { signal });
};

/** Whether each server of others is there after these looks. */
const keepsStrangers = async (look: (one: ReapWorld) => Promise<unknown>): Promise<boolean> => {
  const property = fc.asyncProperty(fc.array(strangers, { minLength: 1 }), async (kinds) => {
    const one = await ReapWorld.open();
    const { machine } = await one.run(ended(one.now), { hours: 1 });
    const others = kinds.map((kind, i) => {
      const labels = {
        ...machine.labels,
        ...(kind === 'environment' && { 'innkeeper-environment': 'prod' }),
        ...(kind === 'run' && { 'innkeeper-run': 'web' }),
        ...(kind === 'expires' && { 'innkeeper-expires': 'never' }),
      };
      const name = kind.includes('name') ? `innkeeper-prod-backup-${i}` : `${machine.name}${i}`;
      return one.fleet.addStranger(name, labels).name;
    });
    for (let looks = 0; looks < 4; looks++) {
      one.pass(HOUR_MS);
      await look(one);
    }
    const isKept = others.every((name) => one.isThere(name)) && !one.isThere(machine.name);
    await one.close();
    return isKept;
  });
  return !(await fc.check(property, { numRuns: 25, seed: 20_261_201 })).failed;
};

describe('servers of others', () => {
  it('are never touched, though they carry labels of ours', async () => {
    expect(await keepsStrangers((one) => one.reap())).toBe(true);
  });

  it('are never touched, though they have the very name of ours and the fleet shows more than was asked for', async () => {
    const { machine } = await world.run(ended(world.now));
    await world.fleet.destroy(machine.id, { signal: new AbortController().signal });
    world.fleet.addStranger(machine.name, { ...machine.labels, 'innkeeper-environment': 'prod' });
    const list = world.fleet.list.bind(world.fleet);
    world.fleet.list = (_, watch) => list({}, watch);
    expect(await world.reap()).toEqual({ destroyed: [], left: [] });
    expect(world.names).toEqual([machine.name]);
  });

  it('would be lost by one who trusts the label of an environment alone', async () => {
    expect(await keepsStrangers(trustful)).toBe(false);
  });
});
