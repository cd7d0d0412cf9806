import { step } from '../set-up/step.js';

class Failed extends Error {}

const runOne = async ({ title, run }, tally) => {
  try {
    const work = async () => {
      const { code, output, skipped } = await run();
      if (skipped) return skipped;
      if (code !== 0) throw new Failed(output);
      return undefined;
    };
    const skipped = await step(title, work, { still: true });
    tally.passed += skipped ? 0 : 1;
    tally.skipped += skipped ? 1 : 0;
    if (skipped) tally.notRun.push(skipped);
  } catch (error) {
    tally.failed += 1;
    process.stderr.write(`${error instanceof Failed ? error.message : error.stack}\n`);
  }
};

export const newTally = () => ({ passed: 0, failed: 0, skipped: 0, notRun: [] });

/** Two at a time: each of them takes one core, and the longest comes first. */
export const runChecks = async (checks, tally = newTally()) => {
  const waiting = [...checks];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await runOne(next, tally);
  };
  await Promise.all([lane(), lane()]);
  return tally;
};
