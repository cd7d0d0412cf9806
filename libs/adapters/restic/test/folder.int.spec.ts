import { describe } from '@jest/globals';

import { join } from 'node:path';

import { describeRestic, type ResticAge } from '#libs/testing';
import { snapshotRepositoryContract } from '#suites/snapshot-repository';

import { newTestFolder, resticHarness } from './restic-harness.js';

describe.each<ResticAge>(['restic', 'restic-old'])('a folder', (age) => {
  describeRestic(age, 'as a repository', ({ path, version }) => {
    snapshotRepositoryContract('folder', async () => {
      const folder = newTestFolder();
      const repository = join(folder, 'repository');
      const place = { repository, files: repository, restart: async () => undefined };
      return resticHarness({ program: path, version, place, folder, environment: process.env });
    });
  });
});
