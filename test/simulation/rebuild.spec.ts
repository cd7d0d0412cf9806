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
        runs(120),
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
        runs(120),
      ),
    TIMEOUT_MS,
  );
});

describe('a leader that stands still while it switches, simulated', () => {
  it(
    'switches nothing any more when it wakes under another',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.record({ seed: fc.nat(), after: fc.integer({ min: 60, max: 180 }), whom: fc.nat(1) }),
          async (scheduler, { seed, after, whom }) => {
            await operated(scheduler, {
              seed,
              told: [0, 13_000, 20_000].map((atMs, thing) => ({ sample, thing, second: 0, atMs })),
              befalling: [{ after, upset: 'pause_at_swap', whom, forMs: 40_000 }],
              asking: [{ after: 60, whom, what: rebuild }],
              replicas: 2,
            });
          },
        ),
        runs(60),
      ),
    TIMEOUT_MS,
  );
});

const sample = 'call.created.inbound';
const rebuild = { asked: 'rebuild', switch: true, acceptChanges: false } as const;

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
        runs(120),
      ),
    TIMEOUT_MS,
  );
});
