import { rememberingDirectory, shruggingDirectory } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { askedWhileRightsChange, rightStories, type PlantedDirectory } from './harness/asking.js';
import { runs, TIMEOUT_MS } from './harness/runs.js';

describe('a right that comes and goes while somebody asks, simulated', () => {
  it(
    'counts from the next question on, for new answers and old ones; without a directory nobody reads',
    () =>
      fc.assert(
        fc.asyncProperty(fc.scheduler(), rightStories, (scheduler, story) =>
          askedWhileRightsChange(scheduler, story),
        ),
        runs(120),
      ),
    TIMEOUT_MS,
  );

  it.each([
    ['that answers what it answered before', rememberingDirectory],
    ['that answers nothing instead of failing', shruggingDirectory],
  ] as [string, PlantedDirectory][])(
    'is found out: a directory %s',
    async (_, planted) => {
      const { failed } = await fc.check(
        fc.asyncProperty(fc.scheduler(), rightStories, (scheduler, story) =>
          askedWhileRightsChange(scheduler, story, planted),
        ),
        { seed: 20_261_130, numRuns: 120, endOnFailure: true },
      );
      expect(failed).toBe(true);
    },
    TIMEOUT_MS,
  );
});
