import type { BackupTrouble, BackupTroubles } from '#libs/backups';

import type { Alert } from '../alerts/alert.js';
import type { Alerts } from '../alerts/alerts.js';
import { backupCauses, type BackupCause } from '../alerts/causes.js';

export interface WatchBackupsParts {
  /** What is wrong with the backups; missing: none are made by this process. */
  readonly backups: (() => Promise<BackupTroubles>) | undefined;
  readonly alerts: Pick<Alerts, 'clear' | 'list' | 'raise'>;
  /** Leaves word for processes that cannot look. */
  readonly tell: (known: BackupTroubles) => Promise<void>;
}

/**
 * Raises what is wrong with the backups and clears what is over: also the silence of a schedule that does not run. What
 * a person does once, such as a recovery kit, is said by the doctor alone. Any number of processes may look.
 */
export const watchBackups =
  ({ backups, alerts, tell }: WatchBackupsParts) =>
  async (onChange: (alert: Alert) => unknown): Promise<void> => {
    if (!backups) return;
    const known = await backups();
    await tell(known);
    const found = known.troubles.filter(isUrgent);
    for (const { code: cause, about, says, since: startedAt } of found) {
      const raised = await alerts.raise({ cause, about, found: [says], startedAt });
      if (raised) await onChange(raised);
    }
    for (const { cause, about } of await alerts.list('raised')) {
      const isStill = found.some((one) => one.code === cause && one.about === about);
      if (!backupCauses.has(cause) || isStill) continue;
      const cleared = await alerts.clear(cause, about);
      if (cleared) await onChange(cleared);
    }
  };

const isUrgent = (
  trouble: BackupTrouble,
): trouble is BackupTrouble & { readonly code: BackupCause } => backupCauses.has(trouble.code);
