import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import { askings } from './harness/rebuilding.js';
import { runs, TIMEOUT_MS } from './harness/runs.js';
import { erasedLate, erasures, indexed, spines } from './harness/stories.js';

describe('the search index, simulated', () => {
  it(
    'says what the records say, though indexers are late, die or miss a back end',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          spines(['pause', 'pause_at_replace', 'crash', 'not_arrived', 'answer_lost'], {
            told: 5,
            befalling: 4,
          }),
          askings(['erase', 'rebuild'], 2),
          fc.integer({ min: 1, max: 2 }),
          async (scheduler, spine, asking, replicas) => {
            await indexed(scheduler, { ...spine, asking, replicas });
          },
        ),
        runs(60),
      ),
    TIMEOUT_MS,
  );

  it(
    'holds nothing of somebody who was erased while an indexer stood still before it wrote',
    () =>
      fc.assert(
        fc.asyncProperty(fc.scheduler(), erasures, (scheduler, erasure) =>
          erasedLate(scheduler, erasure),
        ),
        runs(60),
      ),
    TIMEOUT_MS,
  );
});
