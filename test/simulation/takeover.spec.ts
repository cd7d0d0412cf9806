import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import { runs, TIMEOUT_MS } from './harness/runs.js';
import { spines, takenOver } from './harness/stories.js';

describe('projector and relay, simulated in two replicas', () => {
  it(
    'lose nothing when the leader stands still, is followed, and wakes in the middle of its work',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          spines(['pause', 'pause', 'pause_at_put', 'crash', 'answer_lost'], {
            told: 5,
            befalling: 4,
          }),
          (scheduler, spine) => takenOver(scheduler, spine),
        ),
        runs(200),
      ),
    TIMEOUT_MS,
  );
});
