import { afterAll, beforeAll, describe, it } from '@jest/globals';

import type { JobQueueHarness } from './job-queue-harness.contract.js';
import { lifeBehaviours } from './job-queue-life.contract.js';
import { onceBehaviours } from './job-queue-once.contract.js';
import { runBehaviours } from './job-queue-runs.contract.js';

export * from './job-queue-harness.contract.js';

export type JobQueueBehaviour = (harness: JobQueueHarness) => Promise<void>;

/** Every promise of the port by name: registered as tests below, run one by one on saboteurs. */
export const jobQueueBehaviours: Readonly<Record<string, JobQueueBehaviour>> = {
  ...onceBehaviours,
  ...runBehaviours,
  ...lifeBehaviours,
};

export const describeJobQueue = (
  title: string,
  start: () => Promise<JobQueueHarness>,
  timeoutMs = 60_000,
): void => {
  describe(title, () => {
    let harness: JobQueueHarness;
    beforeAll(async () => void (harness = await start()), timeoutMs);
    afterAll(() => harness?.dispose(), timeoutMs);
    for (const [behaviour, run] of Object.entries(jobQueueBehaviours))
      it(behaviour, () => run(harness), timeoutMs);
  });
};
