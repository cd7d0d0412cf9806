import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { figuresByGroup, lostFigures, type GroupFigures } from '../eval/eval-figures.js';
import { runEval } from '../eval/run-eval.js';

const HANG_MS = 1_800_000;

describe('the answers over the demo company', () => {
  it(
    'are no worse than the baseline by more than a point',
    async () => {
      const baseline = JSON.parse(
        readFileSync(resolve('test/eval/baseline.json'), 'utf8'),
      ) as GroupFigures;
      const figures = figuresByGroup(await runEval(() => undefined));
      expect(lostFigures(figures, baseline)).toEqual([]);
    },
    HANG_MS,
  );
});
