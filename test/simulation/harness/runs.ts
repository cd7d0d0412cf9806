import type { Parameters } from 'fast-check';

const { INNKEEPER_TEST_RUNS, INNKEEPER_TEST_SEED, INNKEEPER_TEST_PATH } = process.env;

/**
 * How many schedules are tried, and which: new ones each time. A failure prints `seed` and `path`; given
 * as INNKEEPER_TEST_SEED and INNKEEPER_TEST_PATH they repeat it.
 */
export const runs = <T>(usual: number): Parameters<T> => ({
  numRuns: runsOf(usual),
  ...(INNKEEPER_TEST_SEED !== undefined && { seed: Number(INNKEEPER_TEST_SEED) }),
  ...(INNKEEPER_TEST_PATH !== undefined && { path: INNKEEPER_TEST_PATH }),
});

/** A number is one for all; `10x` is ten times as many of each. */
const runsOf = (usual: number): number => {
  const asked = INNKEEPER_TEST_RUNS ?? '1x';
  return asked.endsWith('x') ? usual * Number(asked.slice(0, -1)) : Number(asked);
};

/** Jest's own limit: long runs are asked for on purpose. */
export const TIMEOUT_MS = 30 * 60_000;
