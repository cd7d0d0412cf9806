import { releaseTarget } from '../run-target.js';
import { done, MINUTE_MS, type StepOfRun } from '../run-work.js';

/** Nothing of the run stays on the disk that it worked on. */
export const cleanUp: StepOfRun = {
  limitMs: 30 * MINUTE_MS,
  work: async ({ parts, run, hold }) => {
    await hold();
    await parts.scratch.remove(run().id);
    return done;
  },
};

/** The next run may begin. */
export const closeRun: StepOfRun = {
  limitMs: MINUTE_MS,
  work: async ({ parts, run }) => {
    const { id, checkPart, steps, error } = run();
    const isChecked = error?.step !== 'check' && steps.some(({ step }) => step === 'check');
    await releaseTarget(
      parts,
      id,
      isChecked && checkPart !== undefined ? { parts: checkPart } : {},
    );
    return done;
  },
};
