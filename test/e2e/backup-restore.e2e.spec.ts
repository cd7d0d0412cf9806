import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describeRestic } from '#libs/testing';

import { everythingComesBack, type LentRepositories } from './harness/everything-comes-back.js';

const inFolder = async (): Promise<LentRepositories> => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-disk-'));
  mkdirSync(join(folder, 'data'));
  const settings = {
    INNKEEPER_BACKUP_REPOSITORY: join(folder, 'data'),
    INNKEEPER_BACKUP_KEYS_REPOSITORY: join(folder, 'keys'),
  };
  return { settings, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

describeRestic(
  'restic',
  'everything comes back on an empty machine, by the page, from a disk',
  (restic) => everythingComesBack(restic, inFolder),
);
