import { fault } from '#libs/kernel';
import type { CheckDepth } from '#libs/ports/snapshot-repository';

import type { BackupRun, RunRepository } from '../backup-run.js';
import { done, HOUR_MS, type CopyStepWork, type StepOfRun } from '../run-work.js';
import { CHECK_PARTS } from './admit-run.js';
import { repositoriesOf } from './repositories.js';

/** Reads back what repositories hold: a part each day, everything each month; of the keys, which are small, everything. */
export const checkRepositories: StepOfRun<CopyStepWork> = {
  limitMs: 12 * HOUR_MS,
  work: async (work) => {
    const { parts, run, signal, note } = work;
    for (const { repository } of repositoriesOf(work)) {
      const { writer } = parts.repositories[repository];
      await work.hold();
      const damage = await writer.check(depthOf(run(), repository), {
        signal,
        onProgress: (amount) => work.progress({ of: repository, ...amount }),
      });
      if (damage.length === 0) continue;
      await note({
        warnings: damage.slice(0, 20).map(({ code, detail }) => ({
          ...{ code, step: 'check', detail: `${repository}: ${detail}` },
        })),
      });
      throw fault('BACKUP_REPOSITORY_DAMAGED', { details: { repository } });
    }
    return done;
  },
};

export const depthOf = (
  { kind, checkPart = 1 }: Pick<BackupRun, 'kind' | 'checkPart'>,
  repository: RunRepository,
): CheckDepth => {
  if (repository === 'keys' || kind === 'monthly') return { depth: 'everything' };
  // The weekly run stands in the place of a daily one, so it reads the next part as well.
  if (kind === 'daily' || kind === 'weekly')
    return { depth: 'part', part: checkPart, of: CHECK_PARTS };
  return { depth: 'structure' };
};
