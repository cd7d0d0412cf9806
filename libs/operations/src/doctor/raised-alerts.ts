import type { Alert } from '../alerts/alert.js';
import { alertCauses, backupCauses, captureCauses } from '../alerts/causes.js';
import type { Finding } from './findings.js';

export interface RaisedAlertsParts {
  /** Those that are raised and not cleared. */
  readonly alerts: () => Promise<readonly Pick<Alert, 'cause' | 'about' | 'found'>[]>;
}

/** What was told once is still there until it is cleared. Feeds and backups are looked at themselves. */
export const examineAlerts = async ({ alerts }: RaisedAlertsParts): Promise<readonly Finding[]> =>
  (await alerts())
    .filter(({ cause }) => !captureCauses.has(cause) && !backupCauses.has(cause))
    .map(({ cause, about, found }) => {
      const { title, next, runbook } = alertCauses[cause];
      const says = found.length > 0 ? `${title} Found: ${found.join(', ')}.` : title;
      return { code: cause, about, says, next: `${next} More: ${runbook}.` };
    });
