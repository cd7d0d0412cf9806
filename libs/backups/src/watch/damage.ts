import type { RepositoryDamageCode } from '#libs/ports/snapshot-repository';

import type { BackupRun } from '../run/backup-run.js';
import type { BackupTrouble } from './backup-troubles.js';
import { endOf } from './unusual.js';

/** What checks find; and a snapshot that nobody of ours removed, or another repository in the place of ours. */
const damageCodes: Readonly<Record<RepositoryDamageCode | 'SNAPSHOT_GONE', true>> = {
  INDEX_DAMAGED: true,
  KEY_DAMAGED: true,
  PACK_DAMAGED: true,
  PACK_MISSING: true,
  REPOSITORY_DAMAGED: true,
  SNAPSHOT_DAMAGED: true,
  SNAPSHOT_GONE: true,
  TREE_DAMAGED: true,
};

const damagesIn = ({ error, warnings }: BackupRun): readonly string[] => [
  ...(error?.code === 'BACKUP_REPOSITORY_DAMAGED' ? [error.code] : []),
  ...warnings.filter(({ code }) => Object.hasOwn(damageCodes, code)).map(({ code }) => code),
];

/** Only a monthly run reads all that is stored: a daily one would not meet the same damage again for twenty days. */
const readsEverything = ({ kind, steps, error }: BackupRun): boolean =>
  kind === 'monthly' && error?.step !== 'check' && steps.some(({ step }) => step === 'check');

/** What a run found damaged stays so until a run has read everything and found nothing. `ended`: oldest first. */
export const repositoryDamage = (ended: readonly BackupRun[]): readonly BackupTrouble[] => {
  let damage: BackupTrouble | undefined;
  for (const run of ended) {
    const codes = [...new Set(damagesIn(run))];
    if (codes.length > 0)
      damage = {
        code: 'BACKUP_REPOSITORY_DAMAGED',
        about: 'backups',
        says: `Run ${run.id} found damage in a repository: ${codes.join(', ')}.`,
        since: damage?.since ?? endOf(run),
      };
    else if (readsEverything(run)) damage = undefined;
  }
  return damage ? [damage] : [];
};
