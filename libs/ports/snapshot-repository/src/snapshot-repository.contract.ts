import { afterEach, beforeEach, describe, it } from '@jest/globals';

import { contentBehaviours } from './snapshot-repository-content.contract.js';
import type {
  RepositoryBehaviour,
  SnapshotRepositoryHarness,
} from './snapshot-repository-harness.contract.js';
import { troubleBehaviours } from './snapshot-repository-trouble.contract.js';

export type {
  RepositoryBehaviour,
  RepositoryCapabilities,
  RepositoryFolders,
  SnapshotRepositoryHarness,
} from './snapshot-repository-harness.contract.js';

export const snapshotRepositoryBehaviours: Readonly<Record<string, RepositoryBehaviour>> = {
  ...contentBehaviours,
  ...troubleBehaviours,
};

/** What every snapshot repository does. */
export const snapshotRepositoryContract = (
  name: string,
  makeHarness: () => Promise<SnapshotRepositoryHarness>,
): void =>
  describe(`snapshot repository: ${name}`, () => {
    let harness: SnapshotRepositoryHarness;
    beforeEach(async () => {
      harness = await makeHarness();
    });
    afterEach(() => harness.dispose());

    for (const [title, behaviour] of Object.entries(snapshotRepositoryBehaviours))
      it(title, () => behaviour(harness));
  });
