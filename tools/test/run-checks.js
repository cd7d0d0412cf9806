import { step } from '../set-up/step.js';

class Failed extends Error {}

const runOne = async ({ title, run }, tally) => {
  try {
    const skipped = await step(title, async () => {
      const { code, output, skipped } = await run();
      if (skipped) return skipped;
      if (code !== 0) throw new Failed(output);
      return undefined;
    });
    tally.passed += skipped ? 0 : 1;
    tally.skipped += skipped ? 1 : 0;
    if (skipped) tally.notRun.push(skipped);
  } catch (error) {
    tally.failed += 1;
    process.stderr.write(`${error instanceof Failed ? error.message : error.stack}\n`);
  }
};

export const newTally = () => ({ passed: 0, failed: 0, skipped: 0, notRun: [] });

/** One after the other: each of them takes what cores there are. */
export const runChecks = async (checks, tally = newTally()) => {
  for (const check of checks) await runOne(check, tally);
  return tally;
};
