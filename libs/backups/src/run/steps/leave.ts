import { readServerOf } from '../../server/server-documents.js';
import { releaseTarget } from '../run-target.js';
import { done, MINUTE_MS, type RunWork, type StepOfRun } from '../run-work.js';

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
  work: async (work) => {
    const { parts, run } = work;
    const { id, checkPart, steps, error } = run();
    const isChecked = error?.step !== 'check' && steps.some(({ step }) => step === 'check');
    await releaseTarget(
      parts,
      id,
      isChecked && checkPart !== undefined ? { parts: checkPart } : {},
    );
    await forgetLeft(work);
    return done;
  },
};

/** What its server left beside the data is noted by now. Where it cannot be removed, it goes after its days. */
const forgetLeft = async ({ parts, run, signal }: RunWork): Promise<void> => {
  const { id, worksOn } = run();
  const { servers } = parts;
  if (worksOn !== 'server' || !servers) return;
  try {
    const { server } = await readServerOf(parts, id);
    if (server?.hasLeft) await servers.forgetLeft(id, { signal });
  } catch {
    signal.throwIfAborted();
  }
};
