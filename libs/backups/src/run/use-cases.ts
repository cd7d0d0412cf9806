import type { Id } from '#libs/kernel';

import type { DatedSnapshot, RetentionPlan } from '../retention/keep-policy.js';
import type { KitNote } from '../kit/kit-fingerprint.js';
import type { BackupTroubles, WatchedBackups } from '../watch/backup-troubles.js';
import type { BackupRun, RunKind, RunRepository } from './backup-run.js';

export interface BackupRequest {
  readonly kind: RunKind;
  /** Asking again with the same key is the same run. */
  readonly key: string;
  readonly by: BackupRun['requestedBy'];
  /** Of a run of the kind `drill`: whose snapshots are proved; missing: those of the newest good run. */
  readonly drillOf?: Id;
}

export interface RequestedBackup {
  readonly run: BackupRun;
  /** `false`: this key asked for it before. */
  readonly isNew: boolean;
}

/** Newest first. */
export interface BackupRunPage {
  readonly items: readonly BackupRun[];
  readonly next?: string;
}

export interface AdvancedRun {
  readonly run: BackupRun;
  /** When to look again, in ms since 1970. Missing: it has ended, and its history is told. */
  readonly lookAt?: number;
}

/** What retention would do with one repository now. */
export interface PlannedRepository extends RetentionPlan {
  readonly repository: RunRepository;
  /** Snapshots that no good run names: they neither count nor go. */
  readonly unnamed: readonly Pick<DatedSnapshot, 'id' | 'time'>[];
}

export interface AdoptedRuns {
  /** Whose documents were made now. */
  readonly adopted: readonly Id[];
  /** What no good run names even so. */
  readonly unnamed: readonly (Pick<DatedSnapshot, 'id' | 'time'> & {
    readonly repository: RunRepository;
  })[];
}

/** Every use case of the runs of backups. Any process may call any of them, as often as it likes. */
export interface Backups {
  /** `BACKUP_KEY_REUSED` where the key asked for something else; `BACKUP_NOT_FOUND` where there is nothing to prove. */
  request(request: BackupRequest): Promise<RequestedBackup>;

  list(page: { readonly limit: number; readonly after?: string }): Promise<BackupRunPage>;

  /** Throws `BACKUP_NOT_FOUND`. */
  show(id: Id): Promise<BackupRun>;

  /** Works at a run until it has ended, must wait, or is another's. Aborted, it stops soon and lets the run go. */
  advance(id: Id, signal: AbortSignal): Promise<AdvancedRun>;

  /** Requests the run of the schedule when its time has come; names the runs to advance now. */
  due(): Promise<readonly Id[]>;

  /** After a restore: makes lost documents of good runs again, from what the log was told. Again, it makes what is left. */
  adopt(): Promise<AdoptedRuns>;

  /** Runs that were requested since, newest first. */
  recent(since: number): Promise<readonly BackupRun[]>;

  /** Reads both repositories and removes nothing. */
  retention(): Promise<readonly PlannedRepository[]>;

  /** Notes that a recovery kit was made; answers whether it opens what is used now. */
  noteKit(note: KitNote): Promise<WatchedBackups['kit']>;

  /** Whether the backup is good now. */
  troubles(): Promise<BackupTroubles>;
}
