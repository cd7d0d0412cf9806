import type { Backups } from './run/use-cases.js';
import type { BackupTroubles } from './watch/backup-troubles.js';

/** What the role that makes backups serves to people. */
export interface ServedBackups extends Backups {
  /** Whether the backup is good. */
  troubles(): Promise<BackupTroubles>;
}
