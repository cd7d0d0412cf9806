import fc, { type Scheduler } from 'fast-check';

import { disruptionsOf, befallings, type Befalling, type Upset } from './upsets.js';
import { expectAllHeld, expectRecordsHeld } from './expectations.js';
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
