import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { askings } from './harness/rebuilding.js';
import { runs, TIMEOUT_MS } from './harness/runs.js';
import { operated, spines } from './harness/stories.js';

describe('a rebuild, simulated', () => {
  it(
    'equals the live records under load, and switches during traffic without losing any',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          spines([], { told: 6, befalling: 0 }),
          askings(['rebuild'], 2),
          async (scheduler, spine, asking) => {
            const { rebuilt } = await operated(scheduler, { ...spine, asking, replicas: 1 });
            expect(rebuilt.flatMap(({ comparison }) => comparison.differing)).toEqual([]);
          },
        ),
        runs(250),
      ),
    TIMEOUT_MS,
  );

  it(
    'loses nothing when it dies, stands still or is done in the wrong replica',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          spines(['pause_at_swap', 'pause', 'crash', 'answer_lost'], { told: 5, befalling: 4 }),
          askings(['rebuild'], 3),
          async (scheduler, spine, asking) => {
            await operated(scheduler, { ...spine, asking, replicas: 2 });
          },
        ),
        runs(250),
      ),
    TIMEOUT_MS,
  );
});

describe('an erasure, simulated', () => {
  it(
    'takes what it erased out of every record, whatever is written or rebuilt meanwhile',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          spines(['pause', 'crash', 'answer_lost'], { told: 5, befalling: 3 }),
          askings(['erase', 'rebuild'], 3),
          fc.integer({ min: 1, max: 2 }),
          async (scheduler, spine, asking, replicas) => {
            await operated(scheduler, { ...spine, asking, replicas });
          },
        ),
        runs(250),
      ),
    TIMEOUT_MS,
  );
});
