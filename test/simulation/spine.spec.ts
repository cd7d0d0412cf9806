import { describe, expect, it } from '@jest/globals';
import fc, { type Scheduler } from 'fast-check';

import { liveRecords } from '../e2e/harness/compare.js';
import { runs, TIMEOUT_MS } from './harness/runs.js';
import { crashingSpine, spines } from './harness/stories.js';
import { tellings, type Telling } from './harness/tellings.js';
import { inWorld } from './harness/world.js';

describe('the spine, simulated', () => {
  it(
    'loses and doubles nothing when it dies or its back ends fail, before or after any call',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          spines(['crash', 'crash', 'not_arrived', 'answer_lost'], { told: 5, befalling: 4 }),
          (scheduler, spine) => crashingSpine(scheduler, spine),
        ),
        runs(300),
      ),
    TIMEOUT_MS,
  );

  it(
    'comes to one state whatever order a history arrives in and whatever is told again',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.scheduler(),
          historiesToldTwice,
          async (first, second, { told: { once, again }, seed }) => {
            const inOrder = await recordsOf(
              first,
              seed,
              once.map((one) => [one]),
            );
            const atOnce = await recordsOf(second, seed, [again]);
            expect(Object.fromEntries(atOnce)).toEqual(Object.fromEntries(inOrder));
          },
        ),
        runs(100),
      ),
    TIMEOUT_MS,
  );
});

const historiesToldTwice = fc.record({
  told: tellings(5).chain((once) =>
    fc.shuffledSubarray([...once, ...once], { minLength: once.length }).map((some) => ({
      once,
      again: [...some, ...once.filter((one) => !some.includes(one))],
    })),
  ),
  seed: fc.nat(),
});

/** What people read after these were told: what stands in one list, at once. */
const recordsOf = async (
  scheduler: Scheduler,
  seed: number,
  told: readonly (readonly Telling[])[],
): Promise<Map<string, string>> => {
  let records = new Map<string, string>();
  await inWorld({ scheduler, seed }, async (world) => {
    await world.start('all');
    for (const together of told) {
      for (const telling of together) world.post(telling);
      await world.simulation.run(world.isDrained);
    }
    records = await liveRecords(world.store.parts);
  });
  return records;
};
