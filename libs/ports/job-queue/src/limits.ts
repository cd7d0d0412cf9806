import { fault, utf8 } from '#libs/kernel';

import type { NewJob } from './job-queue.port.js';

/** The same at every back end, so that what works on a laptop works in production. */
export const jobLimits = { keyCharacters: 512, dataBytes: 16 * 1024 } as const;

/** Throws `JOB_INVALID` for a key or data that no queue takes; of a batch nothing is enqueued then. */
export const refuseUnfit = (jobs: readonly Pick<NewJob, 'key' | 'data'>[]): void => {
  for (const { key, data } of jobs) {
    if (key.length === 0 || key.length > jobLimits.keyCharacters || !key.isWellFormed())
      throw fault('JOB_INVALID', { details: { keyCharacters: key.length } });
    const bytes = utf8(JSON.stringify(data ?? {})).length;
    if (bytes > jobLimits.dataBytes) throw fault('JOB_INVALID', { details: { dataBytes: bytes } });
  }
};
