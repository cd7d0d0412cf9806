import { removeServer } from '../../server/removed-server.js';
import { hasServer } from '../backup-run.js';
import { done, MINUTE_MS, type StepOfRun } from '../run-work.js';

/** Nothing of the run costs money any more. */
export const destroyServer: StepOfRun = {
  limitMs: 15 * MINUTE_MS,
  work: async (work) => {
    if (hasServer(work.run())) await removeServer(work);
    return done;
  },
};
