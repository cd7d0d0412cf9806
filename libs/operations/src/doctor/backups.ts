import type { BackupTrouble } from '#libs/backups';

import { alertCauses, type BackupCause } from '../alerts/causes.js';
import type { KnownTroubles } from '../backups/told-backups.js';
import { finding, type Finding } from './findings.js';

export interface ExaminedBackupsParts {
  readonly backups: () => Promise<KnownTroubles>;
}

/** Looked at now: an alert of the same says no more. */
export const examineBackups = async ({
  backups,
}: ExaminedBackupsParts): Promise<readonly Finding[]> =>
  (await backups()).troubles.map(findingOfTrouble);

const findingOfTrouble = ({ code, about, says }: BackupTrouble): Finding =>
  isCause(code)
    ? { code, about, says, next: `${alertCauses[code].next} More: ${alertCauses[code].runbook}.` }
    : finding(code, about, says);

const isCause = (code: BackupTrouble['code']): code is BackupCause =>
  Object.hasOwn(alertCauses, code);
