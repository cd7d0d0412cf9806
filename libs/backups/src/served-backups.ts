import type { DatedSnapshot, RetentionPlan } from './retention/keep-policy.js';
import type { RunRepository } from './run/backup-run.js';
import type { Backups } from './run/use-cases.js';
import type { BackupTroubles } from './watch/backup-troubles.js';

/** What would stay in one repository if retention ran now. */
export interface RepositoryRetention extends RetentionPlan {
  readonly repository: RunRepository;
  /** Snapshots that no good run of ours names: they neither count nor go. */
  readonly unnamed: readonly Pick<DatedSnapshot, 'id' | 'time'>[];
}

/** What the role that makes backups serves to people. */
export interface ServedBackups extends Backups {
  /** Whether the backup is good. */
  troubles(): Promise<BackupTroubles>;

  /** Reads both repositories and removes nothing. */
  retention(): Promise<readonly RepositoryRetention[]>;
}
