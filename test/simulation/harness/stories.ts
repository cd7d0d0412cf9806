import fc, { type Scheduler } from 'fast-check';

import { disruptionsOf, befallings, type Befalling, type Upset } from './upsets.js';
import { expectAllHeld, expectRecordsHeld } from './expectations.js';
import { expectIndexHeld } from './indexing.js';
import { SHARING } from './sharing.js';
import { Operators, type Asking } from './rebuilding.js';
import type { Disruption } from './simulation.js';
import { tellings, type Telling } from './tellings.js';
import { inWorld, type WorldPlants } from './world.js';

export interface Spine {
  readonly seed: number;
  readonly told: readonly Telling[];
  readonly befalling: readonly Befalling[];
}

export const spines = (
  upsets: readonly Upset[],
  most: { readonly told: number; readonly befalling: number },
): fc.Arbitrary<Spine> =>
  fc.record({
    seed: fc.nat(),
    told: tellings(most.told),
    befalling: befallings(upsets, most.befalling),
  });

/** One process with every role: it dies and starts again on the same store, and calls of it fail. */
export const crashingSpine = (
  scheduler: Scheduler,
  { seed, told, befalling }: Spine,
  plants: WorldPlants = {},
): Promise<void> =>
  inWorld({ scheduler, seed, plants }, async (world) => {
    let started = 0;
    const start = async (): Promise<void> => {
      await world.start(`p${(started += 1)}`);
    };
    await start();
    for (const telling of told) world.post(telling);
    await world.simulation.run(world.isDrained, disruptionsOf(world, befalling, start));
    await expectAllHeld(world);
  });

/** Two replicas follow the log, and the holder of the lease stands still now and then, or dies. */
export const takenOver = (
  scheduler: Scheduler,
  { seed, told, befalling }: Spine,
  plants: WorldPlants = {},
): Promise<void> =>
  inWorld({ scheduler, seed, plants }, async (world) => {
    let started = 0;
    const start = async (): Promise<void> => {
      await world.start(`catalog${(started += 1)}`, ['catalog']);
    };
    await start();
    await start();
    const intake = await world.start('intake', ['door', 'intake']);
    for (const telling of told) world.post(telling);
    const disruptions = disruptionsOf(world, befalling, (dead) =>
      dead === intake.process.name
        ? world.start(dead, ['door', 'intake']).then(() => undefined)
        : start(),
    );
    await world.simulation.run(world.isDrained, disruptions);
    await expectAllHeld(world);
  });

export interface Operated extends Spine {
  readonly asking: readonly Asking[];
  readonly replicas: number;
}

/** Operators rebuild and erase while providers tell more, replicas stand still and processes die. */
export const operated = async (
  scheduler: Scheduler,
  { seed, told, befalling, asking, replicas }: Operated,
  plants: WorldPlants = {},
): Promise<Operators> => {
  let operators: Operators | undefined;
  await inWorld({ scheduler, seed, plants }, async (world) => {
    let started = 0;
    const start = async (): Promise<void> => {
      await world.start(`all${(started += 1)}`, ['catalog', ...(replicas === 1 ? ALONE : [])]);
    };
    for (let i = 0; i < replicas; i++) await start();
    if (replicas > 1) await world.start('intake', ALONE);
    const asked = new Operators(world);
    operators = asked;
    for (const telling of told) world.post(telling);
    const disruptions = merged(
      asked.disruptions(asking),
      disruptionsOf(world, befalling, (dead) =>
        dead === 'intake' ? world.start(dead, ALONE).then(() => undefined) : start(),
      ),
    );
    await world.simulation.run(async () => asked.atRest && (await world.isDrained()), disruptions);
    await expectRecordsHeld(world);
  });
  if (!operators) throw new Error('nothing happened');
  return operators;
};

/** Indexers write while people are erased and records change; they stand still before a write, or die after it. */
export const indexed = (
  scheduler: Scheduler,
  { seed, told, befalling, asking, replicas }: Operated,
  plants: WorldPlants = {},
): Promise<void> =>
  inWorld({ scheduler, seed, plants }, async (world) => {
    const start = async (name: string): Promise<void> => {
      await world.start(name, name === 'others' ? others : ['vectorizer']);
    };
    const others = ['door', 'intake', 'catalog'] as const;
    const indexers = replicas === 1 ? ['index'] : SHARING;
    for (const name of ['others', ...indexers]) await start(name);
    const operators = new Operators(world);
    for (const telling of told) world.post(telling);
    const disruptions = merged(
      operators.disruptions(asking),
      disruptionsOf(world, befalling, start),
    );
    const goal = async () => operators.atRest && (await world.isDrained());
    await world.simulation.run(goal, disruptions);
    await expectRecordsHeld(world);
    await expectIndexHeld(world.store);
  });

export interface LateErasure {
  readonly seed: number;
  /** The indexer that stands still, and from which step on: it does before its next write. */
  readonly whom: number;
  readonly stands: number;
  /** Steps until the erasure; it comes at the latest when nothing else can happen. */
  readonly erased: number;
  readonly which: number;
}

export const erasures: fc.Arbitrary<LateErasure> = fc.record({
  seed: fc.nat(),
  whom: fc.integer({ min: 1, max: 2 }),
  stands: fc.integer({ min: 20, max: 200 }),
  erased: fc.integer({ min: 150, max: 500 }),
  which: fc.nat(7),
});

/** Of two indexers one stands still just before it writes; then somebody is erased, and the other one writes. */
export const erasedLate = (
  scheduler: Scheduler,
  { seed, whom, stands, erased, which }: LateErasure,
  plants: WorldPlants = {},
): Promise<void> =>
  indexed(
    scheduler,
    {
      seed,
      told: ['call.ended.answered', 'contact.updated'].map((sample) => ({
        ...{ sample, thing: 0, second: 0, atMs: 0 },
      })),
      befalling: [{ after: stands, upset: 'pause_at_replace', whom, forMs: 40_000 }],
      asking: [{ after: erased, whom: 0, what: { asked: 'erase', which } }],
      replicas: 2,
    },
    plants,
  );

const ALONE = ['door', 'intake'] as const;

/** Each list counts from the start, so both can be made smaller alone. */
const merged = (...lists: (readonly Disruption[])[]): readonly Disruption[] => {
  const timed = lists.flatMap((list) => {
    let at = 0;
    return list.map((disruption) => ({ disruption, at: (at += disruption.after) }));
  });
  let before = 0;
  return timed
    .sort((a, b) => a.at - b.at)
    .map(({ disruption, at }) => {
      const after = at - before;
      before = at;
      return { ...disruption, after };
    });
};
