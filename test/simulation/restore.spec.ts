import { describe, it } from '@jest/globals';
import fc, { type Scheduler } from 'fast-check';

import { beginAfresh, eraseAgain, projectors } from '#libs/catalog';
import { readCheckpoint } from '#libs/journal';
import { compress, expand, nodeHash } from '#libs/adapters/node-crypto';
import { createDeliveries, reprocessDeliveries } from '#libs/intake';
import { declareRestored, type Restored } from '#libs/operations';

import { restoreOlderLog } from './harness/backups.js';
import { expectAllHeld } from './harness/expectations.js';
import { runs, TIMEOUT_MS } from './harness/runs.js';
import { tellings, type Telling } from './harness/tellings.js';
import { inWorld, type Running, type World } from './harness/world.js';

interface Restore {
  readonly seed: number;
  readonly before: readonly Telling[];
  readonly kept: number;
  readonly after: readonly Telling[];
}

/** Time passes while a backup is put back: nothing is recorded in the very millisecond of what was lost. */
const later = (told: readonly Telling[]): readonly Telling[] =>
  told.map((telling) => ({ ...telling, atMs: telling.atMs + 1_000 }));

const restores: fc.Arbitrary<Restore> = fc.record({
  seed: fc.nat(),
  before: tellings(5),
  kept: fc.nat(4),
  after: tellings(3).map(later),
});

describe('an older log, simulated', () => {
  it(
    'stops who has seen more than it holds, and after a new era everything is there again',
    () =>
      fc.assert(
        fc.asyncProperty(fc.scheduler(), restores, (scheduler, restore) =>
          restored(scheduler, restore),
        ),
        runs(120),
      ),
    TIMEOUT_MS,
  );
});

const restored = (scheduler: Scheduler, { seed, before, kept, after }: Restore): Promise<void> =>
  inWorld({ scheduler, seed }, async (world) => {
    await world.start('before');
    for (const telling of before) world.post(telling);
    await world.simulation.run(world.isDrained);
    const { position } = await world.store.ports.log.head();
    await world.crashAll();
    await restoreOlderLog(world.store.database, kept);
    const lost = (await world.store.ports.log.head()).position < position;

    const restarted = await world.start('restarted');
    for (const telling of after) world.post(telling);
    await world.simulation.run(async () => !lost || (await bothStopped(restarted)));
    if (lost) await declared(world);
    await world.crashAll();
    await world.start('afterwards');
    await world.simulation.run(world.isDrained);
    await expectAllHeld(world);
  });

/** Both had been at the end of the log, so both have seen what it does not hold. */
const bothStopped = async ({ catalog }: Running): Promise<boolean> => {
  const faults = await Promise.all(
    (catalog?.projectors ?? []).map(({ stopped }) => Promise.race([stopped, running])),
  );
  return faults.every((fault) => fault !== 'running' && fault?.code === 'LOG_RESTORED');
};

const running = Promise.resolve('running' as const);

/** What `innkeeper log restored` does, composed as operations composes it. */
const declared = (world: World): Promise<Restored> => {
  const { parts } = world.store;
  const deliveries = createDeliveries({
    ...parts,
    hash: nodeHash,
    packer: { pack: compress, unpack: expand },
    retentionMs: 0,
  });
  return declareRestored({
    ...parts,
    chain: parts.log,
    projectors,
    checkpoint: (projector) => readCheckpoint(parts.documents, projector),
    beginAfresh: beginAfresh(parts),
    eraseAgain: eraseAgain(parts),
    reprocess: () => reprocessDeliveries({ ...parts, deliveries })({}),
  })();
};
